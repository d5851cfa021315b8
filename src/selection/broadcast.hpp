// Broadcasting: which parts of a selection one array is written to, again and again.
//
// NumPy's rules, from the shape of the source to that of the selection: dimensions are matched from
// the last one on, a dimension of 1 is repeated, missing ones count as 1. Axes that were indexed by
// a single position are not matched. The source then fits a part of the selection, a tile; the
// tiles together are the selection, each element in exactly one.
#pragma once

#include <functional>

#include "hyperslab/selection.hpp"

namespace hyperslab::selection {

/// The shape of the source with one dimension for every axis of the extent; the same elements.
///
/// Lists take only a source of their result shape, points one of as many elements as they are; both
/// give it back as it is.
/// \throws Error (type_mismatch) when the source cannot be broadcast
Shape expand_shape(const Selection& selection, const Shape& source);

/// Calls visit for every tile in row-major order; not at all for an empty selection.
///
/// Of a hyperslab tiles differ in their start only; of a list or points the only tile is the
/// selection.
/// \param expanded  what expand_shape made of the source's shape
void for_each_tile(const Selection& selection,
                   const Shape& expanded,
                   const std::function<void(const Selection& tile)>& visit);

}  // namespace hyperslab::selection
