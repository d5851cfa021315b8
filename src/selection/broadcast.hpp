// Broadcasting: the parts of a selection that one array is written to, one after the other.
//
// NumPy's rules lead from the shape of the source to that of the selection: dimensions are matched
// from the last one on, a dimension of 1 is repeated, and missing dimensions count as 1. Axes that
// were indexed by a single position are not matched. The source then fits a part of the selection,
// a tile. Each element of the selection is in exactly one tile.
#pragma once

#include <functional>

#include "hyperslab/selection.hpp"

namespace hyperslab::selection {

/// The shape of the source with one dimension for every axis of the extent. The number of elements
/// stays.
///
/// A list takes only a source of its result shape. Points take a source of any shape with the same
/// number of elements. Both return the shape of the source.
/// \throws Error (type_mismatch) when the source cannot be broadcast
Shape expand_shape(const Selection& selection, const Shape& source);

/// Calls visit for every tile in row-major order. An empty selection has no tiles.
///
/// The tiles of a hyperslab differ in their start only. A list, or points, is a single tile.
/// \param expanded  the result of expand_shape() for the source's shape
void for_each_tile(const Selection& selection,
                   const Shape& expanded,
                   const std::function<void(const Selection& tile)>& visit);

}  // namespace hyperslab::selection
