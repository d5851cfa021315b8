#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

ByteOrder order_of(Id type) {
    switch (check({}, [&] { return H5Tget_order(type); })) {
        case H5T_ORDER_LE:
            return ByteOrder::little;
        case H5T_ORDER_BE:
            return ByteOrder::big;
        case H5T_ORDER_VAX:
            return ByteOrder::vax;
        default:
            return ByteOrder::none;
    }
}

Datatype with_bits_of(Id type, const Datatype& whole) {
    const std::size_t precision = h5t::precision(type);
    const int offset = h5t::offset(type);
    if (precision == whole.precision() && offset == 0) {
        return whole;
    }
    return whole.with_bits(precision, static_cast<std::size_t>(offset));
}

Datatype describe_integer(Id type) {
    const bool is_signed = h5t::sign(type) == h5t::Sign::twos_complement;
    return with_bits_of(type, Datatype::integer(h5t::size(type), is_signed, order_of(type)));
}

FloatLayout::Normalization normalization_of(Id type) {
    switch (h5t::norm(type)) {
        case h5t::Norm::implied:
            return FloatLayout::Normalization::implied;
        case h5t::Norm::msb_set:
            return FloatLayout::Normalization::msb_set;
        default:
            return FloatLayout::Normalization::none;
    }
}

Datatype describe_floating(Id type) {
    const h5t::Fields f = h5t::fields(type);
    const FloatLayout layout{f.sign_position,
                             f.exponent_position,
                             f.exponent_size,
                             f.mantissa_position,
                             f.mantissa_size,
                             check_nonzero({}, [&] { return H5Tget_ebias(type); }),
                             normalization_of(type)};
    const std::size_t precision = h5t::precision(type);
    const int offset = h5t::offset(type);
    const Datatype whole =
        Datatype::custom_floating(h5t::size(type), precision, layout, order_of(type));
    return offset == 0 ? whole : whole.with_bits(precision, static_cast<std::size_t>(offset));
}

Datatype describe_string(Id type) {
    const H5T_cset_t cset = check({}, [&] { return H5Tget_cset(type); });
    if (cset != H5T_CSET_ASCII && cset != H5T_CSET_UTF8) {
        throw Error(ErrorCode::type_mismatch,
                    "Unknown string encoding (value " + std::to_string(cset) + ")");
    }
    const CharacterSet set = cset == H5T_CSET_UTF8 ? CharacterSet::utf8 : CharacterSet::ascii;
    const H5T_str_t pad = check({}, [&] { return H5Tget_strpad(type); });
    const StringPadding padding = pad == H5T_STR_NULLTERM  ? StringPadding::null_terminated
                                  : pad == H5T_STR_NULLPAD ? StringPadding::null_padded
                                                           : StringPadding::space_padded;
    if (h5t::is_variable_string(type)) {
        return Datatype::variable_string(set, padding);
    }
    return Datatype::fixed_string(h5t::size(type), set, padding);
}

Datatype describe_opaque(Id type) { return Datatype::opaque(h5t::size(type), h5t::tag(type)); }

Datatype describe_compound(Id type) {
    const auto count = static_cast<unsigned>(h5t::member_count(type));
    std::vector<CompoundMember> members;
    members.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        const Handle field = h5t::member_type(type, i);
        members.push_back(
            {h5t::member_name(type, i), H5Tget_member_offset(type, i), describe_type(field.id())});
    }
    return Datatype::compound(h5t::size(type), std::move(members));
}

Datatype describe_enumeration(Id type) {
    const Handle base = h5t::super(type);
    const Datatype base_type = describe_type(base.id());
    const Id native = base_type.is_signed() ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64;
    const auto count = static_cast<unsigned>(h5t::member_count(type));
    std::vector<EnumMember> members;
    members.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        std::vector<std::byte> value(std::max(base_type.size(), sizeof(std::int64_t)));
        check({}, [&] { return H5Tget_member_value(type, i, value.data()); });
        check({},
              [&] { return H5Tconvert(base.id(), native, 1, value.data(), nullptr, H5P_DEFAULT); });
        EnumMember& member = members.emplace_back(EnumMember{h5t::member_name(type, i), 0});
        std::memcpy(&member.value, value.data(), sizeof member.value);
    }
    return Datatype::enumeration(base_type, std::move(members));
}

Datatype describe_reference(Id type) {
    if (check_true({}, [&] { return H5Tequal(type, H5T_STD_REF_OBJ); })) {
        return Datatype::reference(ReferenceKind::object);
    }
    if (check_true({}, [&] { return H5Tequal(type, H5T_STD_REF_DSETREG); })) {
        return Datatype::reference(ReferenceKind::region);
    }
    return Datatype::reference(ReferenceKind::standard);
}

Datatype describe_array(Id type) {
    return Datatype::array(describe_type(h5t::super(type).id()), h5t::array_dims(type));
}

Datatype describe_anew(Id type, H5T_class_t type_class) {
    switch (type_class) {
        case H5T_INTEGER:
            return describe_integer(type);
        case H5T_FLOAT:
            return describe_floating(type);
        case H5T_STRING:
            return describe_string(type);
        case H5T_BITFIELD:
            return with_bits_of(type, Datatype::bitfield(h5t::size(type), order_of(type)));
        case H5T_OPAQUE:
            return describe_opaque(type);
        case H5T_COMPOUND:
            return describe_compound(type);
        case H5T_REFERENCE:
            return describe_reference(type);
        case H5T_ENUM:
            return describe_enumeration(type);
        case H5T_VLEN:
            return Datatype::vlen(describe_type(h5t::super(type).id()));
        case H5T_ARRAY:
            return describe_array(type);
        case H5T_TIME:
            return Datatype::time(h5t::size(type), order_of(type));
#if HYPERSLAB_HAS_HDF5_2
        case H5T_COMPLEX:
            return Datatype::complex(describe_type(h5t::super(type).id()));
#endif
        default:
            throw Error(ErrorCode::type_mismatch, "Unknown datatype class");
    }
}

/// The types of one class that were described last: a file has few types and many objects, and
/// whether two types are equal is one question.
class RecentTypes {
public:
    const Datatype* find(Id type) const {
        for (const auto& [known, description] : types_) {
            if (known && check_true({}, [&] { return H5Tequal(type, known.id()); }) &&
                has_same_order(type, description)) {
                return &description;
            }
        }
        return nullptr;
    }

    void add(Id type, const Datatype& description) {
        types_[next_] = {h5t::copy(type), description};
        next_ = (next_ + 1) % types_.size();
    }

private:
    // Members in another order are no difference to libhdf5.
    static bool has_same_order(Id type, const Datatype& description) {
        if (description.type_class() != TypeClass::compound) {
            return true;
        }
        unsigned index = 0;
        return std::ranges::all_of(description.members(), [&](const CompoundMember& member) {
            return member.offset == H5Tget_member_offset(type, index++);
        });
    }

    std::array<std::pair<Handle, Datatype>, 4> types_{};
    std::size_t next_ = 0;
};

bool is_worth_remembering(H5T_class_t type_class) {
    return type_class == H5T_INTEGER || type_class == H5T_FLOAT || type_class == H5T_COMPOUND;
}

// The types described last. They are never destroyed, because libhdf5 may be gone by then.
auto& kept_types HYPERSLAB_GUARDED_BY(library_lock()) = *new std::array<RecentTypes, 3>;

RecentTypes& recent_types(H5T_class_t type_class) HYPERSLAB_REQUIRES(library_lock()) {
    return kept_types[type_class == H5T_INTEGER ? 0 : type_class == H5T_FLOAT ? 1 : 2];
}

// Other types can differ in more than libhdf5 compares, or belong to one file.
bool has_plain_members(const Datatype& compound) {
    return std::ranges::all_of(compound.members(), [](const CompoundMember& member) {
        const TypeClass kind = member.type.type_class();
        return kind == TypeClass::integer || kind == TypeClass::floating ||
               (kind == TypeClass::string && !member.type.is_variable_string());
    });
}

}  // namespace

Datatype describe_type(Id type) {
    const LockGuard guard;
    const H5T_class_t type_class = check({type}, [&] { return H5Tget_class(type); });
    if (!is_worth_remembering(type_class)) {
        return describe_anew(type, type_class);
    }
    RecentTypes& recent = recent_types(type_class);
    if (const Datatype* const known = recent.find(type)) {
        return *known;
    }
    Datatype description = describe_anew(type, type_class);
    if (type_class != H5T_COMPOUND || has_plain_members(description)) {
        recent.add(type, description);
    }
    return description;
}

}  // namespace hyperslab::hdf5
