// How libhdf5 walks through links, attributes and objects, in our words.
//
// Rule: nothing of the caller runs while libhdf5 iterates. A list is made in one pass under the
// lock and returned whole; what the caller does with it can open, close, delete or throw. Whoever
// then shows one after the other asks name_removals.hpp whether they are still there.
#pragma once

#include <cstdint>

namespace hyperslab::hdf5 {

/// H5_index_t
enum class IndexType { name = 0, creation_order = 1 };

/// H5_iter_order_t
enum class IterationOrder { increasing = 0, decreasing = 1, native = 2 };

/// By which index, in which order, and from which position on.
struct Iteration {
    IndexType index = IndexType::name;
    IterationOrder order = IterationOrder::increasing;
    std::uint64_t start = 0;
};

}  // namespace hyperslab::hdf5
