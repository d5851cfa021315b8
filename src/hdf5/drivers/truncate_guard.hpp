// Truncates a file, but not one that somebody else uses.
#pragma once

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

/// Empties a file under the lock that libhdf5 will take, and returns the flags that are left to
/// open it with. libhdf5 itself opens a file with O_TRUNC first and locks it afterwards, so a file
/// that somebody else is writing would be emptied before the error is raised. When locking is off,
/// or the name is no file that can be opened, nothing is done.
///
/// \throws Error (io, with errno) when the file cannot be locked; it is left as it was
unsigned truncate_if_free(const char* name, unsigned flags, Id fapl);

}  // namespace hyperslab::hdf5
