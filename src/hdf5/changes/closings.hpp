// Counts the calls after which an identifier may name nothing, although its owner did not close it.
//
// Closing a file closes what was opened through it, and low-level callers may close what others
// own. Code that answers for an object without asking libhdf5 compares this number.
#pragma once

#include <atomic>
#include <cstdint>

namespace hyperslab::hdf5 {

namespace detail {
inline std::atomic<std::uint64_t> closings{0};
}

inline std::uint64_t closings() { return detail::closings.load(std::memory_order_acquire); }
inline void count_closing() { detail::closings.fetch_add(1); }

}  // namespace hyperslab::hdf5
