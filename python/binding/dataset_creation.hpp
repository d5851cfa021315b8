// Making datasets, as `Group.create_dataset` and its relatives do.
#pragma once

#include "binding.hpp"
#include "dataset_id.hpp"

namespace hyperslab::python {

/// Makes a dataset and writes `data` into it. Any of name, shape, dtype, data may be None.
DatasetID make_dataset(const ObjectID& location,
                       nb::handle name,
                       nb::handle shape,
                       nb::handle dtype,
                       nb::handle data,
                       nb::handle keywords);

}  // namespace hyperslab::python
