// outer_shape: what a dtype whose elements are small arrays leaves of an array's dimensions.
#pragma once

#include <algorithm>
#include <optional>

#include "hyperslab/shape.hpp"

namespace hyperslab::python {

/// A shape without its last dimensions, which belong to the elements; an empty optional when it
/// ends in other dimensions.
inline std::optional<Shape> outer_shape(const Shape& shape, const Shape& element) {
    if (shape.size() < element.size() ||
        !std::equal(element.rbegin(), element.rend(), shape.rbegin())) {
        return std::nullopt;
    }
    return Shape(shape.begin(), shape.end() - static_cast<std::ptrdiff_t>(element.size()));
}

}  // namespace hyperslab::python
