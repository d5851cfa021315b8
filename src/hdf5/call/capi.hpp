// The only door to libhdf5: its headers, and every condition on its version.
//
// Only sources of this room include this header. A feature that exists only in some versions of
// HDF5 is named here once, and asked for by that name.
#pragma once

#include <H5FDdevelop.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "hdf5/call/id.hpp"

#if !H5_VERSION_GE(1, 14, 0)
#error "hyperslab needs HDF5 1.14 or newer"
#endif

// H5T_NATIVE_FLOAT16, H5T_IEEE_F16LE/BE
#define HYPERSLAB_HAS_FLOAT16_TYPES H5_VERSION_GE(1, 14, 4)
// H5Pset_fapl_ros3_token
#define HYPERSLAB_HAS_ROS3_TOKEN H5_VERSION_GE(1, 14, 2)
// H5Dchunk_iter counts the user block
#define HYPERSLAB_HAS_ABSOLUTE_CHUNK_ADDRESSES H5_VERSION_GE(1, 14, 4)
// H5T_COMPLEX, H5F_LIBVER_V200
#define HYPERSLAB_HAS_HDF5_2 H5_VERSION_GE(2, 0, 0)
// H5Gunlink(), which h5py calls: builds may leave out what HDF5 has replaced.
#ifdef H5_NO_DEPRECATED_SYMBOLS
#define HYPERSLAB_HAS_GUNLINK 0
#else
#define HYPERSLAB_HAS_GUNLINK 1
#endif
// Files that HDF5 2.0 writes with libver='latest' can be read: by HDF5 2.0, and by the HDF5 1.14
// that is built along (cmake/hdf5-1.14/)
#ifdef H5_HYPERSLAB_READS_HDF5_2
#define HYPERSLAB_READS_HDF5_2 1
#else
#define HYPERSLAB_READS_HDF5_2 HYPERSLAB_HAS_HDF5_2
#endif
// libhdf5 stores and remembers the filter mask that a chunk gets: the HDF5 1.14 that is built along
// (cmake/hdf5-1.14/), and no other yet
#ifdef H5_HYPERSLAB_KEEPS_FILTER_MASKS
#define HYPERSLAB_KEEPS_FILTER_MASKS 1
#else
#define HYPERSLAB_KEEPS_FILTER_MASKS 0
#endif

// Takes an identifier out of libhdf5's table without closing what it names. libhdf5 does not
// declare it, although it leaves identifiers of freed objects in the table.
extern "C" void* H5I_remove(hid_t id);  // NOLINT(readability-identifier-naming): not our name

namespace hyperslab::hdf5 {

static_assert(std::is_same_v<hid_t, std::int64_t> || sizeof(hid_t) == sizeof(Id));
static_assert(sizeof(hsize_t) == sizeof(std::uint64_t));
static_assert(H5P_DEFAULT == kDefault && H5S_ALL == kAll && H5I_INVALID_HID == kInvalidId);

/// An array of std::uint64_t as HDF5's hsize_t.
inline const hsize_t* as_hsize(const std::uint64_t* values) {
    return reinterpret_cast<const hsize_t*>(values);
}
inline hsize_t* as_hsize(std::uint64_t* values) { return reinterpret_cast<hsize_t*>(values); }

/// Registers a type of identifiers of our own. Before HDF5 2.0 the size of its table was an
/// argument.
inline H5I_type_t register_id_type(H5I_free_t free_object) {
#if HYPERSLAB_HAS_HDF5_2
    return H5Iregister_type2(0, free_object);
#else
    return H5Iregister_type(64, 0, free_object);
#endif
}

/// Decodes a type. H5Tdecode takes the size of its buffer only since HDF5 2.0.
inline hid_t decode_type(const void* encoded, [[maybe_unused]] std::size_t size) {
#if HYPERSLAB_HAS_HDF5_2
    return H5Tdecode2(encoded, size);
#else
    return H5Tdecode(encoded);
#endif
}

}  // namespace hyperslab::hdf5
