// Dataspaces whose selection came from elsewhere: region references, and shapes for them.
#pragma once

#include <optional>

#include "hdf5/call/handle.hpp"
#include "hyperslab/shape.hpp"
#include "ids/dataset_id.hpp"

namespace hyperslab::python {

/// The dataspace that a region reference selects in.
/// \throws ValueError unless the reference points into this dataset
hdf5::Handle region_in(const DatasetID& dataset, nb::handle reference);

/// The shape of a dataspace's selection: one dimension for each axis where it is a grid, else a
/// single dimension.
/// \returns an empty optional for a null dataspace, or for a scalar with nothing selected
std::optional<Shape> guess_shape(hdf5::Id space);

}  // namespace hyperslab::python
