// Counts the calls that may have changed stored elements, or the place where they lie.
//
// Whoever reads a file past libhdf5 remembers the number at which it asked libhdf5 to write all
// that it holds, and asks again when the number is another one. A call is counted before it is
// made, so an unchanged number after reading says that nothing changed meanwhile. One number for
// all datasets: a write to a virtual one ends in others.
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

/// Whether a file has ever been mounted on another: objects then do not tell what file they are in.
inline bool files_were_mounted() { return detail::files_were_mounted.load(); }

}  // namespace hyperslab::hdf5
