#include "hyperslab/element.hpp"

#include <cmath>
#include <cstring>
#include <type_traits>

#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/native_type.hpp"
#include "hyperslab/standard_reference.hpp"
#include "object/elements/element_storage.hpp"

namespace hyperslab {
namespace {

[[noreturn]] void throw_not_a(const char* what, const Datatype& type) {
    throw Error(ErrorCode::type_mismatch,
                "An element of type " + to_string(type) + " is not " + what);
}

template <class T>
T copied(const std::byte* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

template <class Signed>
std::int64_t widened(const std::byte* bytes, bool is_signed) {
    using Unsigned = std::make_unsigned_t<Signed>;
    return is_signed ? static_cast<std::int64_t>(copied<Signed>(bytes))
                     : static_cast<std::int64_t>(copied<Unsigned>(bytes));
}

std::int64_t integer_of(const std::byte* bytes, std::size_t size, bool is_signed) {
    switch (size) {
        case 1:
            return widened<std::int8_t>(bytes, is_signed);
        case 2:
            return widened<std::int16_t>(bytes, is_signed);
        case 4:
            return widened<std::int32_t>(bytes, is_signed);
        case 8:
            return copied<std::int64_t>(bytes);
        default:
            throw Error(ErrorCode::unsupported,
                        "An integer of " + std::to_string(size) + " bytes is too large");
    }
}

long double float_of(const std::byte* bytes, std::size_t size) {
    switch (size) {
        case 2:
            return static_cast<float>(Half::from_bits(copied<std::uint16_t>(bytes)));
        case sizeof(float):
            return copied<float>(bytes);
        case sizeof(double):
            return copied<double>(bytes);
        default:
            return copied<long double>(bytes);
    }
}

std::string_view without_trailing(std::string_view text, char padding) {
    return text.substr(0, text.find_last_not_of(padding) + 1);
}

bool is_unsigned_64(const Datatype& type) {
    const bool wide = type.size() == sizeof(std::uint64_t);
    return wide && (type.type_class() == TypeClass::bitfield || !type.is_signed());
}

}  // namespace

std::int64_t Element::to_int64() const {
    switch (type_->type_class()) {
        case TypeClass::integer:
            return integer_of(bytes_, type_->size(), type_->is_signed());
        case TypeClass::enumeration:
            return integer_of(bytes_, type_->size(), type_->base().is_signed());
        case TypeClass::bitfield:
            return integer_of(bytes_, type_->size(), false);
        default:
            throw_not_a("an integer", *type_);
    }
}

long double Element::to_long_double() const {
    if (type_->type_class() == TypeClass::floating) {
        return float_of(bytes_, type_->size());
    }
    const std::int64_t value = to_int64();
    const Datatype& number = type_->type_class() == TypeClass::enumeration ? type_->base() : *type_;
    return is_unsigned_64(number) ? static_cast<long double>(static_cast<std::uint64_t>(value))
                                  : static_cast<long double>(value);
}

std::string_view Element::enum_name() const {
    if (type_->type_class() != TypeClass::enumeration) {
        throw_not_a("an enumeration's", *type_);
    }
    const std::int64_t value = to_int64();
    for (const EnumMember& member : type_->enum_members()) {
        if (member.value == value) {
            return member.name;
        }
    }
    return {};
}

std::string_view Element::to_text() const {
    if (type_->type_class() != TypeClass::string) {
        throw_not_a("a string", *type_);
    }
    if (type_->is_variable_string()) {
        const char* const text = copied<const char*>(bytes_);
        return text == nullptr ? std::string_view() : std::string_view(text);
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes_), type_->size());
    if (type_->string_padding() == StringPadding::null_terminated) {
        return text.substr(0, text.find('\0'));
    }
    // The writer may have padded the text with zeros, whatever the type says.
    const std::string_view unpadded = without_trailing(text, '\0');
    return type_->string_padding() == StringPadding::space_padded ? without_trailing(unpadded, ' ')
                                                                  : unpadded;
}

StandardReference Element::standard_reference() const {
    if (type_->type_class() != TypeClass::reference ||
        type_->reference_kind() != ReferenceKind::standard) {
        throw_not_a("a standard reference", *type_);
    }
    StandardReference reference;
    NativeType<StandardReference>::load(bytes_, reference);
    return reference;
}

std::size_t Element::size() const {
    switch (type_->type_class()) {
        case TypeClass::compound:
            return type_->members().size();
        case TypeClass::complex:
            return 2;
        case TypeClass::array:
            return static_cast<std::size_t>(element_count(type_->array_dims()));
        case TypeClass::vlen:
            return detail::load_items(bytes_, *type_).count;
        default:
            return 0;
    }
}

Element Element::operator[](std::size_t i) const {
    if (i >= size()) {
        throw Error(ErrorCode::out_of_range,
                    "Part " + std::to_string(i) + " of an element of type " + to_string(*type_) +
                        " that has " + std::to_string(size()));
    }
    if (type_->type_class() == TypeClass::compound) {
        const CompoundMember& member = type_->members()[i];
        return {member.type, bytes_ + member.offset};
    }
    const std::byte* const first =
        type_->type_class() == TypeClass::vlen ? detail::load_items(bytes_, *type_).first : bytes_;
    return {type_->base(), first + i * type_->base().size()};
}

Element Element::member(const std::string& name) const {
    const CompoundMember* const member = type_->find_member(name);
    if (member == nullptr) {
        throw Error(ErrorCode::not_found,
                    "There is no field '" + name + "' in " + to_string(*type_));
    }
    return {member->type, bytes_ + member->offset};
}

const Datatype& ElementArray::datatype() const { return storage_->type(); }
const Shape& ElementArray::shape() const { return storage_->shape(); }
std::size_t ElementArray::size() const { return static_cast<std::size_t>(storage_->count()); }
std::span<const std::byte> ElementArray::bytes() const { return storage_->buffer().bytes(); }

Element ElementArray::operator[](std::size_t i) const {
    return {storage_->type(), storage_->buffer().data() + i * storage_->type().size()};
}

detail::ElementStorage::~ElementStorage() {
    if (owned_type_) {
        hdf5::h5t::reclaim(owned_type_.id(),
                           buffer_.bytes().size() / type_.size(),
                           buffer_.data(),
                           arena_ ? arena_->dxpl() : hdf5::kDefault);
    }
}

}  // namespace hyperslab
