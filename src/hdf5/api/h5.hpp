// H5: the version of libhdf5 in this build, and what it can do.
#pragma once

#include <array>

namespace hyperslab::hdf5 {

/// {major, minor, release} of the libhdf5 that runs, and of the headers compiled against.
std::array<unsigned, 3> library_version();
std::array<unsigned, 3> headers_version();

/// Whether libhdf5 prints its error stack to stderr when a call fails (off by default).
void set_error_printing(bool on);

/// Whether this build of libhdf5 has these features.
bool has_native_complex();
bool has_mpi();
bool has_subfiling();
bool has_ros3();
bool has_direct_driver();

/// Frees memory that libhdf5 allocated.
void free_memory(void* memory);

}  // namespace hyperslab::hdf5
