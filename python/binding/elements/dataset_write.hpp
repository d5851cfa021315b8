// Writing datasets, as `Dataset.__setitem__` and its relatives do.
#pragma once

#include "ids/dataset_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// `dataset[args] = value`
void write_dataset(nb::handle dataset, nb::handle args, nb::handle value);

/// `dataset.append(values, axis)`
/// \param values  what is appended, or an iterator that gives it in blocks, each of them a step
void append_to_dataset(DatasetID& dataset, nb::handle values, nb::handle axis);

/// Writes rows from `first` on; they have the dataset's shape but for the first axis.
void write_rows(DatasetID& dataset, std::uint64_t first, nb::handle rows);

/// `dataset.write_direct(source, source_sel, dest_sel)`
void write_direct(DatasetID& dataset,
                  nb::handle source,
                  nb::handle source_sel,
                  nb::handle dest_sel);

}  // namespace hyperslab::python
