// Truncating a file without taking it from somebody.
#pragma once

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

/// libhdf5 opens with O_TRUNC first and locks after: a file that somebody else is writing would be
/// emptied, and then the error raised. This takes the lock that libhdf5 will take, empties the file
/// under it, and returns the flags that are left to open it with. With locking off, or a name that
/// is no file of ours to open, nothing is done.
///
/// \throws Error (io, with errno) when the file cannot be locked; it is left as it was
unsigned truncate_if_free(const char* name, unsigned flags, Id fapl);

}  // namespace hyperslab::hdf5
