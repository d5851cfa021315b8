// Shapes as Python knows them: tuples of integers.
#pragma once

#include "hyperslab/shape.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// Dimensions from a tuple of non-negative integers; `what` names the argument in errors.
/// \throws TypeError, ValueError or OverflowError, as h5py does
Shape shape_from_tuple(nb::handle tuple, const char* what);

/// A tuple of integers.
nb::tuple tuple_from_shape(const Shape& shape);

/// A tuple of maximum dimensions, with None for kUnlimited where `none_for_unlimited`.
nb::tuple tuple_from_max_dims(const Shape& shape);

}  // namespace hyperslab::python
