// The driver for files on disk.
#pragma once

#include <memory>

#include "hdf5/handle.hpp"
#include "hdf5/id.hpp"
#include "storage/file.hpp"

namespace hyperslab::hdf5 {

/// libhdf5's sec2 driver, on which a file survives that it cannot be written: the disk is full,
/// say. Outside this room it is not known: lists that name it are said to name sec2.
Id plain_file_driver();

/// A file access list that opens as `fapl` does, with that driver in place of sec2.
Handle with_plain_file_driver(Id fapl);

/// The file behind a file identifier, for reading past libhdf5; null unless that driver has it.
///
/// It is the driver's until the file is closed: who reads holds on to it, who remembers it does so
/// weakly.
std::shared_ptr<const storage::File> storage_of(Id file);

}  // namespace hyperslab::hdf5
