// The part of h5d that moves elements.
#pragma once

#include "ids/dataset_id.hpp"

namespace hyperslab::python {

/// Binds the methods and functions.
void bind_dataset_transfers(nb::module_& m, nb::class_<DatasetID, ObjectID>& c);

}  // namespace hyperslab::python
