// The driver for files on disk.
#pragma once

#include "hdf5/handle.hpp"
#include "hdf5/id.hpp"

namespace hyperslab::hdf5 {

/// libhdf5's sec2 driver, on which a file survives that it cannot be written: the disk is full,
/// say. Outside this room it is not known: lists that name it are said to name sec2.
Id plain_file_driver();

/// A file access list that opens as `fapl` does, with that driver in place of sec2.
Handle with_plain_file_driver(Id fapl);

}  // namespace hyperslab::hdf5
