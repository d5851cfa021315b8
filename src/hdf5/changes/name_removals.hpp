// Counts the calls after which a path or an attribute's name may lead nowhere, or elsewhere.
//
// Whoever walks through groups or attributes remembers the number: as long as it stays the same,
// what was listed is there, and groups still lie on the paths by which they were reached. An
// attribute that was found by its name still has the type and the shape that it had.
#pragma once

#include <atomic>
#include <cstdint>

namespace hyperslab::hdf5 {

namespace detail {
inline std::atomic<std::uint64_t> name_removals{0};
}

inline std::uint64_t name_removals() { return detail::name_removals.load(); }
inline void count_name_removal() { detail::name_removals.fetch_add(1); }

}  // namespace hyperslab::hdf5
