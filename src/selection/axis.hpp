// What an index means on an axis of known length.
//
// Everything is computed in unsigned 64-bit numbers that cannot wrap, because the extent comes from
// a file, the index from a caller, and either may be any number.
#pragma once

#include <cstdint>
#include <vector>

#include "hyperslab/index.hpp"

namespace hyperslab::selection {

/// A number of blocks of `block` positions each, whose beginnings lie `stride` apart.
struct Regular {
    std::uint64_t start;
    std::uint64_t stride;
    std::uint64_t count;
    std::uint64_t block;
};

/// \throws Error (out_of_range)
Regular on_axis(const At& at, std::uint64_t length);

/// \throws Error (invalid_argument) for a step below 1
Regular on_axis(const Slice& slice, std::uint64_t length);

/// \throws Error (invalid_argument) when it is malformed or leaves the axis
Regular on_axis(const MultiBlock& blocks, std::uint64_t length);

/// \throws Error (out_of_range) for a position outside the axis; (type_mismatch) when they do not
///         increase
std::vector<std::uint64_t> on_axis(const IndexList& list, std::uint64_t length);

/// \throws Error (type_mismatch) for a mask that is not as long as the axis
std::vector<std::uint64_t> on_axis(const AxisMask& mask, std::uint64_t length);

}  // namespace hyperslab::selection
