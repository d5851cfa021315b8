// What a file access list says of failures that come later: kept in a property of ours, which
// libhdf5 copies with the list and hands to the drivers of files on disk.
#pragma once

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

struct FileSafety {
    /// Flushing and closing wait until the disk has the bytes.
    bool durable = false;
    /// The file takes the place of an older one when it is closed, whole.
    bool atomic = false;
    /// An atomic file waits for the disk only where it takes the place of another one.
    bool hasty = false;

    friend bool operator==(const FileSafety&, const FileSafety&) = default;
};

void set_file_safety(Id fapl, FileSafety safety);

/// \param fapl  any file access list, or kDefault
FileSafety file_safety(Id fapl);

/// \throws Error (invalid_argument) when a file of this list's driver cannot be what it asks for:
///         where its bytes are none of our files on disk, or several
void require_possible_safety(Id fapl);

}  // namespace hyperslab::hdf5
