// A single element that was read together with earlier ones (engine/store/nearby_elements.hpp): the
// shortest way from `dataset[i, j]` to a NumPy scalar.
#pragma once

#include "ids/dataset_id.hpp"

namespace hyperslab::python {

/// The scalar that plain integers select, if it is at hand; otherwise null.
nb::object nearby_element(DatasetID& dataset, nb::handle args);

}  // namespace hyperslab::python
