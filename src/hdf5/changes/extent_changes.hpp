// Counts the calls that may have changed the extent of some dataset.
//
// An extent may change through another handle of the same dataset, so code that remembers one
// compares this number. Extents change by H5Dset_extent, and by a refresh in a file that another
// process writes (SWMR). Changes of virtual datasets, which follow their sources, are not counted.
#pragma once

#include <atomic>
#include <cstdint>

namespace hyperslab::hdf5 {

namespace detail {
inline std::atomic<std::uint64_t> extent_changes{0};
}

inline std::uint64_t extent_changes() { return detail::extent_changes.load(); }
inline void count_extent_change() { detail::extent_changes.fetch_add(1); }

}  // namespace hyperslab::hdf5
