// HDF5 identifiers, as the rest of the library sees them.
//
// Nothing outside src/hdf5 includes hdf5.h: an identifier is a number that only this room can read.
#pragma once

#include <cstdint>

namespace hyperslab::hdf5 {

using Id = std::int64_t;

inline constexpr Id kInvalidId = -1;

/// H5P_DEFAULT and H5S_ALL, which both are 0.
inline constexpr Id kDefault = 0;
inline constexpr Id kAll = 0;

/// The H5I_type_t of a valid identifier, which stands in its uppermost bits. libhdf5 is not asked.
constexpr int kind(Id id) { return static_cast<int>(id >> 56); }

}  // namespace hyperslab::hdf5
