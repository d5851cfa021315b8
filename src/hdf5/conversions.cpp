#include "hdf5/conversions.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>
#include <vector>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/conversion_walk.hpp"
#include "hdf5/handle.hpp"
#include "hdf5/string_conversions.hpp"

namespace hyperslab::hdf5 {
namespace {

constexpr herr_t kDone = 0;
constexpr herr_t kNotMine = -1;  // libhdf5 looks for another conversion

// ---- bits that need no change ----

herr_t keep_bytes(hid_t /*source*/,
                  hid_t /*destination*/,
                  H5T_cdata_t* data,
                  size_t /*count*/,
                  size_t /*stride*/,
                  size_t /*background_stride*/,
                  void* /*buffer*/,
                  void* /*background*/,
                  hid_t /*dxpl*/) {
    if (data->command == H5T_CONV_INIT) {
        data->need_bkg = H5T_BKG_NO;
    }
    return kDone;
}

// ---- integers to enumerations ----
// The other direction libhdf5 has itself.

herr_t convert_gathered(hid_t source, hid_t base, const ConversionWalk& walk, hid_t dxpl) {
    const std::size_t larger = std::max(walk.source_size, walk.destination_size);
    std::vector<std::byte> packed(walk.count * larger);
    std::byte* next = packed.data();
    walk.for_each([&](const std::byte* in, const std::byte*) {
        std::memcpy(next, in, walk.source_size);
        next += walk.source_size;
        return true;
    });
    if (H5Tconvert(source, base, walk.count, packed.data(), nullptr, dxpl) < 0) {
        return kNotMine;
    }
    next = packed.data();
    walk.for_each([&](const std::byte*, std::byte* out) {
        std::memcpy(out, next, walk.destination_size);
        next += walk.destination_size;
        return true;
    });
    return kDone;
}

herr_t convert_to_base(hid_t source, hid_t enumeration, const ConversionWalk& walk, hid_t dxpl) {
    const hid_t base = H5Tget_super(enumeration);
    if (base < 0) {
        return kNotMine;
    }
    herr_t result = kDone;
    if (H5Tequal(source, base) <= 0) {
        result = walk.stride == 0 ? H5Tconvert(source, base, walk.count, walk.buffer, nullptr, dxpl)
                                  : convert_gathered(source, base, walk, dxpl);
    }
    H5Tclose(base);
    return result;
}

herr_t integer_to_enumeration(hid_t source,
                              hid_t destination,
                              H5T_cdata_t* data,
                              size_t count,
                              size_t stride,
                              size_t /*background_stride*/,
                              void* buffer,
                              void* /*background*/,
                              hid_t dxpl) {
    switch (data->command) {
        case H5T_CONV_INIT:
            data->need_bkg = H5T_BKG_NO;
            return H5Tget_class(source) == H5T_INTEGER && H5Tget_class(destination) == H5T_ENUM
                       ? kDone
                       : kNotMine;
        case H5T_CONV_FREE:
            return kDone;
        case H5T_CONV_CONV:
            break;
    }
    try {
        return convert_to_base(source,
                               destination,
                               {static_cast<std::byte*>(buffer),
                                count,
                                stride,
                                H5Tget_size(source),
                                H5Tget_size(destination)},
                               dxpl);
    } catch (const std::bad_alloc&) {
        return kNotMine;
    }
}

// ---- native complex numbers and the compound {r, i} ----

#if HYPERSLAB_HAS_HDF5_2

/// The complex type whose elements have the bytes of this compound's; invalid when there is none.
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

/// libhdf5 converts between complex types of any floats.
herr_t convert_complex(hid_t source,
                       hid_t destination,
                       std::size_t count,
                       std::size_t stride,
                       void* values,
                       hid_t dxpl) {
    if (stride == 0) {
        return H5Tconvert(source, destination, count, values, nullptr, dxpl);
    }
    auto* value = static_cast<unsigned char*>(values);
    for (std::size_t i = 0; i < count; ++i, value += stride) {
        if (H5Tconvert(source, destination, 1, value, nullptr, dxpl) < 0) {
            return kNotMine;
        }
    }
    return kDone;
}

herr_t complex_to_compound(hid_t source,
                           hid_t destination,
                           H5T_cdata_t* data,
                           size_t count,
                           size_t stride,
                           size_t /*background_stride*/,
                           void* values,
                           void* /*background*/,
                           hid_t dxpl) {
    if (data->command == H5T_CONV_FREE) {
        return kDone;
    }
    data->need_bkg = H5T_BKG_NO;
    const hid_t like = complex_like(destination);
    if (like < 0) {
        return kNotMine;
    }
    const herr_t done = data->command == H5T_CONV_INIT
                            ? kDone
                            : convert_complex(source, like, count, stride, values, dxpl);
    H5Tclose(like);
    return done;
}

herr_t compound_to_complex(hid_t source,
                           hid_t destination,
                           H5T_cdata_t* data,
                           size_t count,
                           size_t stride,
                           size_t /*background_stride*/,
                           void* values,
                           void* /*background*/,
                           hid_t dxpl) {
    if (data->command == H5T_CONV_FREE) {
        return kDone;
    }
    data->need_bkg = H5T_BKG_NO;
    const hid_t like = complex_like(source);
    if (like < 0) {
        return kNotMine;
    }
    const herr_t done = data->command == H5T_CONV_INIT
                            ? kDone
                            : convert_complex(like, destination, count, stride, values, dxpl);
    H5Tclose(like);
    return done;
}

#endif

// ---- registration ----

/// For every pair of the types' classes; the function says which pairs it really takes.
void register_soft(const char* name, Id source, Id destination, H5T_conv_t function) {
    check({}, [&] { return H5Tregister(H5T_PERS_SOFT, name, source, destination, function); });
}

/// For exactly these two types.
void register_hard(const char* name, Id source, Id destination, H5T_conv_t function) {
    check({}, [&] { return H5Tregister(H5T_PERS_HARD, name, source, destination, function); });
}

void register_both_ways(const char* name, Id a, Id b) {
    register_hard(name, a, b, keep_bytes);
    register_hard(name, b, a, keep_bytes);
}

void register_strings() {
    const Handle variable(check({}, [&] { return H5Tcopy(H5T_C_S1); }));
    check({}, [&] { return H5Tset_size(variable.id(), H5T_VARIABLE); });
    register_soft("vlen2fixed", variable.id(), H5T_C_S1, variable_to_fixed_string);
    register_soft("fixed2vlen", H5T_C_S1, variable.id(), fixed_to_variable_string);
}

void register_enumerations() {
    const Handle any(check({}, [&] { return H5Tenum_create(H5T_NATIVE_INT); }));
    register_soft("int2enum", H5T_NATIVE_INT, any.id(), integer_to_enumeration);

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
    register_soft(
        "complex2compound", H5T_NATIVE_DOUBLE_COMPLEX, compound.id(), complex_to_compound);
    register_soft(
        "compound2complex", compound.id(), H5T_NATIVE_DOUBLE_COMPLEX, compound_to_complex);
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
