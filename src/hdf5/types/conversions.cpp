#include "hdf5/types/conversions.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/types/conversion_function.hpp"
#include "hdf5/types/enum_conversions.hpp"
#include "hdf5/types/string_conversions.hpp"

namespace hyperslab::hdf5 {
namespace {

// ---- bits that need no change ----

bool is_any(hid_t /*source*/, hid_t /*destination*/) { return true; }

herr_t keep_bytes(const ConversionCall& /*call*/) { return kConverted; }

// ---- integers to enumerations ----
// The other direction libhdf5 has itself.

bool is_integer_to_enumeration(hid_t source, hid_t destination) {
    return H5Tget_class(source) == H5T_INTEGER && H5Tget_class(destination) == H5T_ENUM;
}

herr_t convert_gathered(const ConversionCall& call, hid_t base) {
    const ConversionWalk walk = call.walk();
    const std::size_t larger = std::max(walk.source_size, walk.destination_size);
    std::vector<std::byte> packed(walk.count * larger);
    std::byte* next = packed.data();
    walk.for_each([&](const std::byte* in, const std::byte*) {
        std::memcpy(next, in, walk.source_size);
        next += walk.source_size;
        return true;
    });
    if (H5Tconvert(call.source, base, walk.count, packed.data(), nullptr, call.dxpl) < 0) {
        return kNotMine;
    }
    next = packed.data();
    walk.for_each([&](const std::byte*, std::byte* out) {
        std::memcpy(out, next, walk.destination_size);
        next += walk.destination_size;
        return true;
    });
    return kConverted;
}

herr_t convert_to_base(const ConversionCall& call) {
    const hid_t base = H5Tget_super(call.destination);
    if (base < 0) {
        return kNotMine;
    }
    herr_t result = kConverted;
    if (H5Tequal(call.source, base) <= 0) {
        result = call.stride == 0
                     ? H5Tconvert(call.source, base, call.count, call.buffer, nullptr, call.dxpl)
                     : convert_gathered(call, base);
    }
    H5Tclose(base);
    return result;
}

// ---- native complex numbers and the compound {r, i} ----

#if HYPERSLAB_HAS_HDF5_2

/// The complex type whose elements have the same bytes as those of a compound; invalid when there
/// is none.
hid_t complex_like(hid_t compound) {
    if (H5Tget_class(compound) != H5T_COMPOUND || H5Tget_nmembers(compound) != 2) {
        return H5I_INVALID_HID;
    }
    const hid_t real = H5Tget_member_type(compound, 0);
    const hid_t imaginary = H5Tget_member_type(compound, 1);
    const std::size_t size = H5Tget_size(real);
    hid_t complex = H5I_INVALID_HID;
    if (H5Tget_class(real) == H5T_FLOAT && H5Tequal(real, imaginary) > 0 &&
        H5Tget_member_offset(compound, 0) == 0 && H5Tget_member_offset(compound, 1) == size &&
        H5Tget_size(compound) == 2 * size) {
        complex = H5Tcomplex_create(real);
    }
    H5Tclose(imaginary);
    H5Tclose(real);
    return complex;
}

bool is_like_complex(hid_t compound) {
    const hid_t like = complex_like(compound);
    if (like < 0) {
        return false;
    }
    H5Tclose(like);
    return true;
}

bool is_complex_to_compound(hid_t source, hid_t destination) {
    return H5Tget_class(source) == H5T_COMPLEX && is_like_complex(destination);
}

bool is_compound_to_complex(hid_t source, hid_t destination) {
    return H5Tget_class(destination) == H5T_COMPLEX && is_like_complex(source);
}

bool is_complex_to_complex(hid_t source, hid_t destination) {
    return H5Tget_class(source) == H5T_COMPLEX && H5Tget_class(destination) == H5T_COMPLEX;
}

/// A complex number is converted as its two parts. libhdf5's own conversion between complex types
/// (2.2.0) spoils a number that has an infinity in one part and a NaN in the other.
herr_t convert_parts(hid_t source, hid_t destination, const ConversionCall& call) {
    constexpr std::size_t kParts = 2;
    const hid_t from = H5Tget_super(source);
    const hid_t to = H5Tget_super(destination);
    const std::size_t pieces = call.stride == 0 ? 1 : call.count;
    const std::size_t parts = call.stride == 0 ? kParts * call.count : kParts;
    auto* value = static_cast<std::byte*>(call.buffer);
    herr_t result = kConverted;
    for (std::size_t i = 0; i < pieces && result >= 0; ++i, value += call.stride) {
        result = H5Tconvert(from, to, parts, value, nullptr, call.dxpl);
    }
    H5Tclose(to);
    H5Tclose(from);
    return result < 0 ? kNotMine : kConverted;
}

herr_t complex_to_complex(const ConversionCall& call) {
    return convert_parts(call.source, call.destination, call);
}

herr_t complex_to_compound(const ConversionCall& call) {
    const hid_t like = complex_like(call.destination);
    const herr_t result = convert_parts(call.source, like, call);
    H5Tclose(like);
    return result;
}

herr_t compound_to_complex(const ConversionCall& call) {
    const hid_t like = complex_like(call.source);
    const herr_t result = convert_parts(like, call.destination, call);
    H5Tclose(like);
    return result;
}

#endif

// ---- registration ----

/// Registers a conversion for every pair of types of two classes; the function itself says which
/// pairs it takes.
void register_soft(const char* name, Id source, Id destination, H5T_conv_t function) {
    check({}, [&] { return H5Tregister(H5T_PERS_SOFT, name, source, destination, function); });
}

/// Registers a conversion for exactly these two types.
void register_hard(const char* name, Id source, Id destination, H5T_conv_t function) {
    check({}, [&] { return H5Tregister(H5T_PERS_HARD, name, source, destination, function); });
}

void register_both_ways(const char* name, Id a, Id b) {
    register_hard(name, a, b, conversion_function<is_any, keep_bytes>);
    register_hard(name, b, a, conversion_function<is_any, keep_bytes>);
}

void register_strings() {
    const Handle variable(check({}, [&] { return H5Tcopy(H5T_C_S1); }));
    check({}, [&] { return H5Tset_size(variable.id(), H5T_VARIABLE); });
    register_soft("vlen2fixed", variable.id(), H5T_C_S1, variable_to_fixed_string());
    register_soft("fixed2vlen", H5T_C_S1, variable.id(), fixed_to_variable_string());
    register_soft("fixed2fixed", H5T_C_S1, H5T_C_S1, fixed_to_fixed_string());
}

void register_enumerations() {
    const Handle any(check({}, [&] { return H5Tenum_create(H5T_NATIVE_INT); }));
    register_soft("int2enum",
                  H5T_NATIVE_INT,
                  any.id(),
                  conversion_function<is_integer_to_enumeration, convert_to_base>);
    register_soft("enum2enum", any.id(), any.id(), convert_enumerations);

    const Handle boolean(check({}, [&] { return H5Tenum_create(H5T_NATIVE_INT8); }));
    const std::int8_t no = 0;
    const std::int8_t yes = 1;
    check({}, [&] { return H5Tenum_insert(boolean.id(), "FALSE", &no); });
    check({}, [&] { return H5Tenum_insert(boolean.id(), "TRUE", &yes); });
    register_both_ways("bool2b8", boolean.id(), H5T_NATIVE_B8);
}

void register_bitfields() {
    register_both_ways("uint2b8", H5T_STD_U8LE, H5T_STD_B8LE);
    register_both_ways("uint2b8", H5T_STD_U8BE, H5T_STD_B8BE);
    register_both_ways("uint2b16", H5T_STD_U16LE, H5T_STD_B16LE);
    register_both_ways("uint2b16", H5T_STD_U16BE, H5T_STD_B16BE);
    register_both_ways("uint2b32", H5T_STD_U32LE, H5T_STD_B32LE);
    register_both_ways("uint2b32", H5T_STD_U32BE, H5T_STD_B32BE);
    register_both_ways("uint2b64", H5T_STD_U64LE, H5T_STD_B64LE);
    register_both_ways("uint2b64", H5T_STD_U64BE, H5T_STD_B64BE);
}

void register_complex() {
#if HYPERSLAB_HAS_HDF5_2
    const Handle compound(check({}, [&] { return H5Tcreate(H5T_COMPOUND, 2 * sizeof(double)); }));
    register_soft("complex2complex",
                  H5T_NATIVE_DOUBLE_COMPLEX,
                  H5T_NATIVE_DOUBLE_COMPLEX,
                  conversion_function<is_complex_to_complex, complex_to_complex>);
    register_soft("complex2compound",
                  H5T_NATIVE_DOUBLE_COMPLEX,
                  compound.id(),
                  conversion_function<is_complex_to_compound, complex_to_compound>);
    register_soft("compound2complex",
                  compound.id(),
                  H5T_NATIVE_DOUBLE_COMPLEX,
                  conversion_function<is_compound_to_complex, compound_to_complex>);
#endif
}

}  // namespace

void register_conversions() {
    const LockGuard guard;
    register_strings();
    register_enumerations();
    register_bitfields();
    register_complex();
}

}  // namespace hyperslab::hdf5
