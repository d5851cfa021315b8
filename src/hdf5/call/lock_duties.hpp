// The functions of higher rooms that the library lock calls.
//
// The lock knows when libhdf5 is used for the first time and when an identifier may be closed, but
// not how to prepare libhdf5 or how to close identifiers. It calls the functions that are declared
// here and defined in files above it, so that it includes none of those files.
#pragma once

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

/// Prepares libhdf5 once a process (startup/library.cpp). It is called with the lock held.
void initialize_library();

/// Prepares libhdf5 for the calling thread, whenever it takes the lock: startup/library.cpp.
void initialize_thread();

/// Closes an identifier whose close was put aside (call/handle.cpp). A failure goes to the handler
/// of final failures (device_failure.hpp). It is called with the lock held.
void close_put_aside(Id id) noexcept;

}  // namespace hyperslab::hdf5
