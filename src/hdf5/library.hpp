// Starting libhdf5 and asking what it is.
#pragma once

#include <array>
#include <string>

namespace hyperslab::hdf5 {

/// Prepares libhdf5 for our use, once a process; the lock calls it before the first use.
///
/// No printing of errors, and no clean-up at exit: closing is explicit here, and the library's own
/// clean-up would run over the remains of a file whose disk was full.
void initialize_library();

/// The same for a thread, when it first takes the lock: in a thread-safe libhdf5 each has its own
/// error stack, which prints unless told not to. Call it with the lock held.
void initialize_thread();

/// {major, minor, release} of the libhdf5 that runs, and of the headers compiled against.
std::array<unsigned, 3> library_version();
std::array<unsigned, 3> headers_version();

/// Whether libhdf5 prints its error stack to stderr when a call fails (off by default).
void set_error_printing(bool on);

/// What this build of libhdf5 can do.
bool has_native_complex();
bool has_mpi();
bool has_ros3();
bool has_direct_driver();

/// Frees memory that libhdf5 allocated.
void free_memory(void* memory);

}  // namespace hyperslab::hdf5
