#include "hyperslab/datatype.hpp"

#include <algorithm>
#include <limits>

#include "core/checked.hpp"
#include "datatype/node.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab {
namespace {

using detail::DatatypeNode;

std::shared_ptr<const DatatypeNode> make(DatatypeNode node) {
    return std::make_shared<const DatatypeNode>(std::move(node));
}

void require(bool condition, const std::string& message) {
    if (!condition) {
        throw Error(ErrorCode::invalid_argument, message);
    }
}

FloatLayout ieee_layout(std::size_t size) {
    switch (size) {
        case 2:
            return {15, 10, 5, 0, 10, 15};
        case 4:
            return {31, 23, 8, 0, 23, 127};
        case 8:
            return {63, 52, 11, 0, 52, 1023};
        case 16:
            return {127, 112, 15, 0, 112, 16383};
        default:
            throw Error(ErrorCode::invalid_argument,
                        "No IEEE float has " + std::to_string(size) + " bytes");
    }
}

// Elements of one byte have no order, whatever was asked for: HDF5 stores them as little-endian.
ByteOrder order_for(std::size_t size, ByteOrder order) {
    return size == 1 ? ByteOrder::little : order;
}

}  // namespace

Datatype::Datatype() : Datatype(integer(1, false)) {}

Datatype Datatype::integer(std::size_t size, bool is_signed, ByteOrder order) {
    require(size > 0, "An integer needs at least one byte");
    return Datatype(make({.type_class = TypeClass::integer,
                          .size = size,
                          .order = order_for(size, order),
                          .is_signed = is_signed,
                          .precision = 8 * size}));
}

Datatype Datatype::floating(std::size_t size, ByteOrder order) {
    return custom_floating(size, 8 * size, ieee_layout(size), order);
}

Datatype Datatype::long_double(ByteOrder order) {
    if constexpr (std::numeric_limits<long double>::digits == 64) {
        // The x87's long double: 80 bits with an explicit leading one, in 16 (or 12) bytes.
        return custom_floating(sizeof(long double),
                               80,
                               {79, 64, 15, 0, 64, 16383, FloatLayout::Normalization::none},
                               order);
    } else {
        return floating(sizeof(long double), order);
    }
}

Datatype Datatype::custom_floating(std::size_t size,
                                   std::size_t precision,
                                   FloatLayout layout,
                                   ByteOrder order) {
    require(size > 0 && precision <= 8 * size, "A float's bits must fit its bytes");
    return Datatype(make({.type_class = TypeClass::floating,
                          .size = size,
                          .order = order,
                          .precision = precision,
                          .layout = layout}));
}

Datatype Datatype::complex(const Datatype& base) {
    require(base.type_class() == TypeClass::floating, "A complex number is made of two floats");
    return Datatype(make({.type_class = TypeClass::complex,
                          .size = 2 * base.size(),
                          .order = base.order(),
                          .base = base}));
}

Datatype Datatype::complex_compound(const Datatype& base) {
    require(base.type_class() == TypeClass::floating, "A complex number is made of two floats");
    return compound(2 * base.size(), {{"r", 0, base}, {"i", base.size(), base}});
}

Datatype Datatype::bitfield(std::size_t size, ByteOrder order) {
    require(size > 0, "A bitfield needs at least one byte");
    return Datatype(make({.type_class = TypeClass::bitfield,
                          .size = size,
                          .order = order_for(size, order),
                          .precision = 8 * size}));
}

Datatype Datatype::fixed_string(std::size_t size, CharacterSet set, StringPadding padding) {
    require(size > 0, "A fixed-length string needs at least one byte");
    return Datatype(
        make({.type_class = TypeClass::string, .size = size, .set = set, .padding = padding}));
}

Datatype Datatype::variable_string(CharacterSet set, StringPadding padding) {
    return Datatype(make({.type_class = TypeClass::string,
                          .size = sizeof(char*),
                          .variable = true,
                          .set = set,
                          .padding = padding}));
}

Datatype Datatype::opaque(std::size_t size, std::string tag) {
    require(size > 0, "An opaque type needs at least one byte");
    return Datatype(make({.type_class = TypeClass::opaque, .size = size, .tag = std::move(tag)}));
}

Datatype Datatype::compound(std::size_t size, std::vector<CompoundMember> members) {
    for (const CompoundMember& member : members) {
        const std::uint64_t end = core::checked_add(member.offset, member.type.size());
        require(end <= size,
                "Member '" + member.name + "' reaches past the end of its compound type");
    }
    return Datatype(
        make({.type_class = TypeClass::compound, .size = size, .members = std::move(members)}));
}

Datatype Datatype::reference(ReferenceKind kind) {
    // The sizes of hobj_ref_t, hdset_reg_ref_t and H5R_ref_t, in bytes.
    const std::size_t size = kind == ReferenceKind::object   ? 8
                             : kind == ReferenceKind::region ? 12
                                                             : 64;
    return Datatype(make({.type_class = TypeClass::reference, .size = size, .reference = kind}));
}

Datatype Datatype::enumeration(const Datatype& base, std::vector<EnumMember> members) {
    require(base.type_class() == TypeClass::integer, "An enumeration is made of integers");
    return Datatype(make({.type_class = TypeClass::enumeration,
                          .size = base.size(),
                          .order = base.order(),
                          .base = base,
                          .enum_members = std::move(members)}));
}

Datatype Datatype::boolean() { return enumeration(integer(1, true), {{"FALSE", 0}, {"TRUE", 1}}); }

Datatype Datatype::vlen(const Datatype& base) {
    struct Sequence {  // hvl_t
        std::size_t length;
        void* values;
    };
    return Datatype(make({.type_class = TypeClass::vlen, .size = sizeof(Sequence), .base = base}));
}

Datatype Datatype::array(const Datatype& base, Shape dims) {
    const std::uint64_t size = core::checked_multiply(base.size(), element_count(dims));
    return Datatype(make({.type_class = TypeClass::array,
                          .size = core::checked_size(size),
                          .base = base,
                          .dims = std::move(dims)}));
}

Datatype Datatype::time(std::size_t size, ByteOrder order) {
    return Datatype(
        make({.type_class = TypeClass::time, .size = size, .order = order, .precision = 8 * size}));
}

TypeClass Datatype::type_class() const { return node_->type_class; }
std::size_t Datatype::size() const { return node_->size; }
ByteOrder Datatype::order() const { return node_->order; }
bool Datatype::is_signed() const { return node_->is_signed; }
std::size_t Datatype::precision() const { return node_->precision; }
std::size_t Datatype::bit_offset() const { return node_->bit_offset; }
const FloatLayout& Datatype::float_layout() const { return node_->layout; }
bool Datatype::is_variable_string() const { return node_->variable; }
CharacterSet Datatype::character_set() const { return node_->set; }
StringPadding Datatype::string_padding() const { return node_->padding; }
const std::string& Datatype::tag() const { return node_->tag; }
ReferenceKind Datatype::reference_kind() const { return node_->reference; }
const std::vector<CompoundMember>& Datatype::members() const { return node_->members; }
const std::vector<EnumMember>& Datatype::enum_members() const { return node_->enum_members; }
const Shape& Datatype::array_dims() const { return node_->dims; }

const Datatype& Datatype::base() const {
    if (!node_->base) {
        throw Error(ErrorCode::invalid_argument,
                    "The datatype " + to_string(*this) + " has no base type");
    }
    return *node_->base;
}

const CompoundMember* Datatype::find_member(const std::string& name) const {
    const auto found = std::find_if(node_->members.begin(),
                                    node_->members.end(),
                                    [&](const CompoundMember& m) { return m.name == name; });
    return found == node_->members.end() ? nullptr : &*found;
}

bool Datatype::has_variable_length() const {
    if (type_class() == TypeClass::vlen || is_variable_string()) {
        return true;
    }
    if (type_class() == TypeClass::array) {
        return base().has_variable_length();
    }
    return std::any_of(members().begin(), members().end(), [](const CompoundMember& m) {
        return m.type.has_variable_length();
    });
}

bool Datatype::has_reference() const {
    if (type_class() == TypeClass::reference) {
        return true;
    }
    if (type_class() == TypeClass::array || type_class() == TypeClass::vlen) {
        return base().has_reference();
    }
    return std::any_of(members().begin(), members().end(), [](const CompoundMember& m) {
        return m.type.has_reference();
    });
}

Datatype Datatype::with_bits(std::size_t precision, std::size_t offset) const {
    DatatypeNode node = *node_;
    node.precision = precision;
    node.bit_offset = offset;
    return Datatype(make(std::move(node)));
}

bool operator==(const Datatype& a, const Datatype& b) {
    return a.node_ == b.node_ || *a.node_ == *b.node_;
}

}  // namespace hyperslab
