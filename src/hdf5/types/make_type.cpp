#include <array>
#include <cstring>

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

H5T_order_t order_code(ByteOrder order) {
    switch (order) {
        case ByteOrder::little:
            return H5T_ORDER_LE;
        case ByteOrder::big:
            return H5T_ORDER_BE;
        case ByteOrder::vax:
            return H5T_ORDER_VAX;
        case ByteOrder::none:
            break;
    }
    return H5T_ORDER_NONE;
}

Handle copy_of(Id type) {
    return Handle(check({}, [&] { return H5Tcopy(type); }));
}

void set_order(const Handle& handle, ByteOrder order) {
    if (order == ByteOrder::little || order == ByteOrder::big) {
        check({}, [&] { return H5Tset_order(handle.id(), order_code(order)); });
    }
}

void set_bits(const Handle& handle, const Datatype& type) {
    if (type.precision() != 8 * type.size()) {
        check({}, [&] { return H5Tset_precision(handle.id(), type.precision()); });
    }
    if (type.bit_offset() != 0) {
        check({}, [&] { return H5Tset_offset(handle.id(), type.bit_offset()); });
    }
}

Handle make_integer(const Datatype& type) {
    Handle handle = copy_of(type.is_signed() ? H5T_STD_I8LE : H5T_STD_U8LE);
    if (type.size() != 1) {
        check({}, [&] { return H5Tset_size(handle.id(), type.size()); });
        // Growing a type keeps its precision, so all bits are set to be used.
        check({}, [&] { return H5Tset_precision(handle.id(), 8 * type.size()); });
        set_order(handle, type.order());
    }
    set_bits(handle, type);
    return handle;
}

H5T_norm_t normalization_code(FloatLayout::Normalization normalization) {
    switch (normalization) {
        case FloatLayout::Normalization::implied:
            return H5T_NORM_IMPLIED;
        case FloatLayout::Normalization::msb_set:
            return H5T_NORM_MSBSET;
        case FloatLayout::Normalization::none:
            break;
    }
    return H5T_NORM_NONE;
}

Handle make_custom_floating(const Datatype& type) {
    const FloatLayout& f = type.float_layout();
    // Begin from the largest float, so that the fields always fit while they are moved.
    Handle handle = copy_of(H5T_NATIVE_LDOUBLE);
    const Id id = handle.id();
    if (H5Tget_size(id) < type.size()) {
        check({}, [&] { return H5Tset_size(id, type.size()); });
        check({}, [&] { return H5Tset_precision(id, type.precision()); });
    }
    check({}, [&] {
        return H5Tset_fields(id,
                             f.sign_position,
                             f.exponent_position,
                             f.exponent_size,
                             f.mantissa_position,
                             f.mantissa_size);
    });
    check({}, [&] { return H5Tset_offset(id, type.bit_offset()); });
    check({}, [&] { return H5Tset_precision(id, type.precision()); });
    check({}, [&] { return H5Tset_size(id, type.size()); });
    check({}, [&] { return H5Tset_ebias(id, f.exponent_bias); });
    check({}, [&] { return H5Tset_norm(id, normalization_code(f.normalization)); });
    set_order(handle, type.order());
    return handle;
}

Handle make_floating(const Datatype& type) {
    for (const std::size_t size : {4U, 8U}) {
        if (type == Datatype::floating(size, type.order())) {
            Handle handle = copy_of(size == 4 ? H5T_IEEE_F32LE : H5T_IEEE_F64LE);
            set_order(handle, type.order());
            return handle;
        }
    }
#if HYPERSLAB_HAS_FLOAT16_TYPES
    if (type == Datatype::floating(2, type.order())) {
        Handle handle = copy_of(H5T_IEEE_F16LE);
        set_order(handle, type.order());
        return handle;
    }
#endif
    if (type == Datatype::long_double(type.order())) {
        Handle handle = copy_of(H5T_NATIVE_LDOUBLE);
        set_order(handle, type.order());
        return handle;
    }
    return make_custom_floating(type);
}

Handle make_string(const Datatype& type) {
    Handle handle = copy_of(H5T_C_S1);
    const std::size_t size = type.is_variable_string() ? H5T_VARIABLE : type.size();
    check({}, [&] { return H5Tset_size(handle.id(), size); });
    const H5T_cset_t set =
        type.character_set() == CharacterSet::utf8 ? H5T_CSET_UTF8 : H5T_CSET_ASCII;
    check({}, [&] { return H5Tset_cset(handle.id(), set); });
    const H5T_str_t padding =
        type.string_padding() == StringPadding::null_terminated ? H5T_STR_NULLTERM
        : type.string_padding() == StringPadding::null_padded   ? H5T_STR_NULLPAD
                                                                : H5T_STR_SPACEPAD;
    check({}, [&] { return H5Tset_strpad(handle.id(), padding); });
    return handle;
}

Handle make_compound(const Datatype& type) {
    Handle handle(check({}, [&] { return H5Tcreate(H5T_COMPOUND, type.size()); }));
    for (const CompoundMember& member : type.members()) {
        const Handle field = make_type(member.type);
        check({kInvalidId, {}}, [&] {
            return H5Tinsert(handle.id(), c_name(member.name), member.offset, field.id());
        });
    }
    return handle;
}

Handle make_enumeration(const Datatype& type) {
    const Handle base = make_type(type.base());
    Handle handle(check({}, [&] { return H5Tenum_create(base.id()); }));
    const Id native = type.base().is_signed() ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64;
    for (const EnumMember& member : type.enum_members()) {
        // H5Tconvert works in place, in a buffer that holds the larger of the two.
        std::array<std::byte, 16> value{};
        std::memcpy(value.data(), &member.value, sizeof member.value);
        check({},
              [&] { return H5Tconvert(native, base.id(), 1, value.data(), nullptr, H5P_DEFAULT); });
        check({}, [&] { return H5Tenum_insert(handle.id(), c_name(member.name), value.data()); });
    }
    return handle;
}

Handle make_complex([[maybe_unused]] const Datatype& type) {
#if HYPERSLAB_HAS_HDF5_2
    const Handle base = make_type(type.base());
    return Handle(check({}, [&] { return H5Tcomplex_create(base.id()); }));
#else
    throw Error(ErrorCode::unsupported,
                "HDF5's native complex type needs HDF5 2.0 or newer; "
                "use Datatype::complex_compound");
#endif
}

Handle make_time(const Datatype& type) {
    const bool big = type.order() == ByteOrder::big;
    if (type.size() == 4) {
        return copy_of(big ? H5T_UNIX_D32BE : H5T_UNIX_D32LE);
    }
    return copy_of(big ? H5T_UNIX_D64BE : H5T_UNIX_D64LE);
}

Handle make_reference(const Datatype& type) {
    switch (type.reference_kind()) {
        case ReferenceKind::object:
            return copy_of(H5T_STD_REF_OBJ);
        case ReferenceKind::region:
            return copy_of(H5T_STD_REF_DSETREG);
        case ReferenceKind::standard:
            break;
    }
    return copy_of(H5T_STD_REF);
}

Handle make_bitfield(const Datatype& type) {
    Handle handle = copy_of(H5T_STD_B64LE);
    if (type.size() > 8) {
        check({}, [&] { return H5Tset_size(handle.id(), type.size()); });
    }
    check({}, [&] { return H5Tset_offset(handle.id(), type.bit_offset()); });
    check({}, [&] { return H5Tset_precision(handle.id(), type.precision()); });
    check({}, [&] { return H5Tset_size(handle.id(), type.size()); });
    set_order(handle, type.order());
    return handle;
}

}  // namespace

Handle make_type(const Datatype& type) {
    const LockGuard guard;
    switch (type.type_class()) {
        case TypeClass::integer:
            return make_integer(type);
        case TypeClass::floating:
            return make_floating(type);
        case TypeClass::string:
            return make_string(type);
        case TypeClass::bitfield:
            return make_bitfield(type);
        case TypeClass::compound:
            return make_compound(type);
        case TypeClass::enumeration:
            return make_enumeration(type);
        case TypeClass::reference:
            return make_reference(type);
        case TypeClass::complex:
            return make_complex(type);
        case TypeClass::time:
            return make_time(type);
        case TypeClass::opaque: {
            Handle handle(check({}, [&] { return H5Tcreate(H5T_OPAQUE, type.size()); }));
            check({}, [&] { return H5Tset_tag(handle.id(), c_name(type.tag())); });
            return handle;
        }
        case TypeClass::vlen: {
            const Handle base = make_type(type.base());
            return Handle(check({}, [&] { return H5Tvlen_create(base.id()); }));
        }
        case TypeClass::array: {
            const Handle base = make_type(type.base());
            const auto rank = static_cast<unsigned>(type.array_dims().size());
            return Handle(check({}, [&] {
                return H5Tarray_create2(base.id(), rank, as_hsize(type.array_dims().data()));
            }));
        }
    }
    throw Error(ErrorCode::type_mismatch, "Unknown datatype class");
}

}  // namespace hyperslab::hdf5
