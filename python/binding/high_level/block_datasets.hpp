// Making datasets of blocks of rows, written as they come.
#pragma once

#include "ids/dataset_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// Whether `data` is to be taken for blocks. Where h5py makes something of an iterator, however
/// odd, it is not.
bool is_data_in_blocks(nb::handle dtype, nb::handle data, nb::handle keywords);

/// As make_dataset(), with the rows of all blocks. When one cannot be written there is no dataset.
/// \param shape  None: as many rows as come, and the dataset can be appended to
/// \param data  an iterator
DatasetID make_dataset_of_blocks(const ObjectID& location,
                                 nb::handle name,
                                 nb::handle shape,
                                 nb::handle dtype,
                                 nb::handle data,
                                 nb::handle keywords);

}  // namespace hyperslab::python
