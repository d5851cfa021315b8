// The image of a file is a file: what is put right before another process, or libhdf5, opens it.
//
// libhdf5 clears the byte in the superblock that says that the file is open for writing, but leaves
// the checksum of the superblock as it was. So no image of a file whose superblock has a checksum
// could be opened.
#pragma once

#include <cstddef>
#include <span>

namespace hyperslab::hdf5 {

/// Makes the superblock's checksum anew, where it has one. Bytes that are no HDF5 file stay as they
/// are.
void renew_superblock_checksum(std::span<std::byte> image);

}  // namespace hyperslab::hdf5
