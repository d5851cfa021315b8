// Fill values as elements of NumPy arrays.
#pragma once

#include "dtypes/memory_layout.hpp"
#include "hdf5/call/id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// Sets the fill value of a dataset creation list to the first element of an array.
/// \throws TypeError for what is no C-contiguous array, or a dtype that HDF5 cannot store;
///         ValueError for an empty array
void set_fill_value(hdf5::Id dcpl, nb::handle array);

/// Reads the fill value into the first element of an array, converted to its dtype.
/// \throws TypeError for what is no C-contiguous, writable array; ValueError for an empty one
void get_fill_value(hdf5::Id dcpl, nb::handle array);

/// Reads the fill value into an element of this layout, whose dtype may be one of arrays, which no
/// array has.
void get_fill_value(hdf5::Id dcpl, const MemoryLayout& layout, void* element);

}  // namespace hyperslab::python
