// Reads and writes of a dataset that all processes of its file may do together.
#pragma once

#include <utility>

#include "engine/parallel/transfers.hpp"
#include "ids/dataset_id.hpp"

namespace hyperslab::python {

/// Calls what reads or writes a dataset with its transfer list. Most datasets have none, and
/// nothing is asked of them.
template <class Function>
auto taking_part(DatasetID& dataset, engine::Direction direction, Function&& function) {
    return dataset.dxpl() == hdf5::kDefault
               ? function()
               : engine::taking_part(
                     dataset.open(), dataset.dxpl(), direction, std::forward<Function>(function));
}

}  // namespace hyperslab::python
