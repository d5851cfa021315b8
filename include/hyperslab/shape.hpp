// Shapes: the dimensions of a dataset, an array or a selection, slowest first.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace hyperslab {

/// Dimensions in elements. An empty shape is a scalar: one element, no dimensions.
using Shape = std::vector<std::uint64_t>;

/// A maximum dimension without limit (H5S_UNLIMITED).
inline constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

/// The number of elements of a shape; 1 for a scalar.
/// \throws Error (invalid_argument) when it does not fit 64 bits
std::uint64_t element_count(const Shape& shape);

/// "(10, 4)", "(3,)", "()": as Python writes a tuple.
std::string to_string(const Shape& shape);

}  // namespace hyperslab
