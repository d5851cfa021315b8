// Writing datasets, as `Dataset.__setitem__` and its relatives do.
#pragma once

#include "ids/dataset_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// `dataset[args] = value`
void write_dataset(nb::handle dataset, nb::handle args, nb::handle value);

/// `dataset.append(values, axis)`
void append_to_dataset(DatasetID& dataset, nb::handle values, nb::handle axis);

/// `dataset.write_direct(source, source_sel, dest_sel)`
void write_direct(DatasetID& dataset,
                  nb::handle source,
                  nb::handle source_sel,
                  nb::handle dest_sel);

}  // namespace hyperslab::python
