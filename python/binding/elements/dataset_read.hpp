// Reading datasets, as `Dataset.__getitem__` and its relatives do.
#pragma once

#include "hyperslab/read_explanation.hpp"
#include "hyperslab/write_explanation.hpp"
#include "ids/dataset_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// Reads `dataset[args]`, converted to `new_dtype` unless that is None.
nb::object read_dataset(nb::handle dataset, nb::handle args, nb::handle new_dtype);

/// Reads `dataset[args]`, which is the usual call.
nb::object getitem(nb::handle dataset, nb::handle args);

/// Reads from a DatasetID as read_dataset() does from a Dataset.
nb::object read_dataset_id(DatasetID& dataset, nb::handle args, nb::handle new_dtype);

/// Explains what read_dataset_id() would do.
/// \throws TypeError for region references and selection objects
ReadExplanation explain_read(DatasetID& dataset, nb::handle args, nb::handle new_dtype);

/// Explains what writing values of a dtype, None for the dataset's, would do.
/// \throws TypeError for region references and selection objects
WriteExplanation explain_write(DatasetID& dataset, nb::handle args, nb::handle dtype);

/// `dataset.asstr(encoding, errors)[args]`
nb::object read_text(nb::handle dataset,
                     nb::handle args,
                     const std::string& encoding,
                     const std::string& errors);

/// `dataset.read_direct(dest, source_sel, dest_sel)`
void read_direct(DatasetID& dataset, nb::handle dest, nb::handle source_sel, nb::handle dest_sel);

/// numpy.asarray(dataset)
nb::object as_array(nb::handle dataset, nb::handle dtype);

}  // namespace hyperslab::python
