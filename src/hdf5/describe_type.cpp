#include <array>
#include <cstring>
#include <string>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

std::size_t size_of(Id type) {
    return check_nonzero({}, [&] { return H5Tget_size(type); });
}

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

Handle base_of(Id type) {
    return Handle(check({}, [&] { return H5Tget_super(type); }));
}

std::string member_name(Id type, unsigned index) {
    char* const name = check({}, [&] { return H5Tget_member_name(type, index); });
    std::string text(name);
    H5free_memory(name);
    return text;
}

Datatype with_bits_of(Id type, const Datatype& whole) {
    const std::size_t precision = check_nonzero({}, [&] { return H5Tget_precision(type); });
    const int offset = check({}, [&] { return H5Tget_offset(type); });
    if (precision == whole.precision() && offset == 0) {
        return whole;
    }
    return whole.with_bits(precision, static_cast<std::size_t>(offset));
}

Datatype describe_integer(Id type) {
    const bool is_signed = check({}, [&] { return H5Tget_sign(type); }) == H5T_SGN_2;
    return with_bits_of(type, Datatype::integer(size_of(type), is_signed, order_of(type)));
}

Datatype describe_floating(Id type) {
    FloatLayout f;
    check({}, [&] {
        return H5Tget_fields(type,
                             &f.sign_position,
                             &f.exponent_position,
                             &f.exponent_size,
                             &f.mantissa_position,
                             &f.mantissa_size);
    });
    f.exponent_bias = check_nonzero({}, [&] { return H5Tget_ebias(type); });
    const H5T_norm_t norm = check({}, [&] { return H5Tget_norm(type); });
    f.normalization = norm == H5T_NORM_IMPLIED  ? FloatLayout::Normalization::implied
                      : norm == H5T_NORM_MSBSET ? FloatLayout::Normalization::msb_set
                                                : FloatLayout::Normalization::none;
    const std::size_t precision = check_nonzero({}, [&] { return H5Tget_precision(type); });
    const int offset = check({}, [&] { return H5Tget_offset(type); });
    const Datatype whole = Datatype::custom_floating(size_of(type), precision, f, order_of(type));
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
    if (check_true({}, [&] { return H5Tis_variable_str(type); })) {
        return Datatype::variable_string(set, padding);
    }
    return Datatype::fixed_string(size_of(type), set, padding);
}

Datatype describe_opaque(Id type) {
    char* const tag = check({}, [&] { return H5Tget_tag(type); });
    std::string text(tag);
    H5free_memory(tag);
    return Datatype::opaque(size_of(type), std::move(text));
}

Datatype describe_compound(Id type) {
    const auto count = static_cast<unsigned>(check({}, [&] { return H5Tget_nmembers(type); }));
    std::vector<CompoundMember> members;
    members.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        const Handle field(check({}, [&] { return H5Tget_member_type(type, i); }));
        members.push_back(
            {member_name(type, i), H5Tget_member_offset(type, i), describe_type(field.id())});
    }
    return Datatype::compound(size_of(type), std::move(members));
}

Datatype describe_enumeration(Id type) {
    const Handle base = base_of(type);
    const Datatype base_type = describe_type(base.id());
    const Id native = base_type.is_signed() ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64;
    const auto count = static_cast<unsigned>(check({}, [&] { return H5Tget_nmembers(type); }));
    std::vector<EnumMember> members;
    members.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        std::vector<std::byte> value(std::max(base_type.size(), sizeof(std::int64_t)));
        check({}, [&] { return H5Tget_member_value(type, i, value.data()); });
        check({},
              [&] { return H5Tconvert(base.id(), native, 1, value.data(), nullptr, H5P_DEFAULT); });
        EnumMember& member = members.emplace_back(EnumMember{member_name(type, i), 0});
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
    const auto rank = static_cast<std::size_t>(check({}, [&] { return H5Tget_array_ndims(type); }));
    Shape dims(rank);
    check({}, [&] { return H5Tget_array_dims2(type, as_hsize(dims.data())); });
    return Datatype::array(describe_type(base_of(type).id()), std::move(dims));
}

}  // namespace

Datatype describe_type(Id type) {
    const LockGuard guard;
    switch (check({type}, [&] { return H5Tget_class(type); })) {
        case H5T_INTEGER:
            return describe_integer(type);
        case H5T_FLOAT:
            return describe_floating(type);
        case H5T_STRING:
            return describe_string(type);
        case H5T_BITFIELD:
            return with_bits_of(type, Datatype::bitfield(size_of(type), order_of(type)));
        case H5T_OPAQUE:
            return describe_opaque(type);
        case H5T_COMPOUND:
            return describe_compound(type);
        case H5T_REFERENCE:
            return describe_reference(type);
        case H5T_ENUM:
            return describe_enumeration(type);
        case H5T_VLEN:
            return Datatype::vlen(describe_type(base_of(type).id()));
        case H5T_ARRAY:
            return describe_array(type);
        case H5T_TIME:
            return Datatype::time(size_of(type), order_of(type));
#if HYPERSLAB_HAS_HDF5_2
        case H5T_COMPLEX:
            return Datatype::complex(describe_type(base_of(type).id()));
#endif
        default:
            throw Error(ErrorCode::type_mismatch, "Unknown datatype class");
    }
}

}  // namespace hyperslab::hdf5
