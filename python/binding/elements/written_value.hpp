// Makes an array that can be written out of whatever stands right of `dataset[...] =`.
#pragma once

#include <optional>
#include <vector>

#include "dtypes/memory_layout.hpp"
#include "hyperslab/shape.hpp"
#include "ids/dataset_id.hpp"

namespace hyperslab::python {

struct WrittenValue {
    nb::object array;     ///< C-contiguous
    MemoryLayout layout;  ///< layout of its elements
    Shape shape;          ///< in elements of the dataset: without the dimensions of an array type
};

/// \param names  the fields to write; empty for whole elements
/// \throws TypeError or ValueError for values that the dataset's type cannot take
WrittenValue make_written_value(DatasetID& dataset,
                                const std::vector<nb::object>& names,
                                nb::handle value);

}  // namespace hyperslab::python
