// Counts the calls that may have changed stored elements, or the place where they lie.
//
// Code that reads a file past libhdf5 remembers the number at which it asked libhdf5 to write all
// that it holds, and asks again when the number has changed. A call is counted before it is made,
// so an unchanged number after reading means that nothing changed meanwhile. There is one number
// for all datasets, because a write to a virtual dataset ends in others.
#pragma once

#include <atomic>
#include <cstdint>

namespace hyperslab::hdf5 {

namespace detail {
inline std::atomic<std::uint64_t> data_changes{0};
inline std::atomic<bool> files_were_mounted{false};
}  // namespace detail

inline std::uint64_t data_changes() { return detail::data_changes.load(); }
inline void count_data_change() { detail::data_changes.fetch_add(1); }

/// Whether a file has ever been mounted on another. After that libhdf5 does not say reliably in
/// which file an object is.
inline bool files_were_mounted() { return detail::files_were_mounted.load(); }

}  // namespace hyperslab::hdf5
