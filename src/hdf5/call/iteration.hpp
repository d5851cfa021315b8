// How libhdf5 iterates over links, attributes and objects.
//
// Rule: nothing of the caller runs while libhdf5 iterates. A list is made in one pass under the
// lock and returned whole, so the caller may then open, close, delete or throw. Code that visits
// one item after the other asks name_removals.hpp whether the items are still there.
#pragma once

#include <cstdint>

namespace hyperslab::hdf5 {

/// The index to iterate over (H5_index_t).
enum class IndexType { name = 0, creation_order = 1 };

/// The order of an iteration (H5_iter_order_t).
enum class IterationOrder { increasing = 0, decreasing = 1, native = 2 };

/// An iteration: by which index, in which order, and from which position on.
struct Iteration {
    IndexType index = IndexType::name;
    IterationOrder order = IterationOrder::increasing;
    std::uint64_t start = 0;
};

}  // namespace hyperslab::hdf5
