// HDF5's C functions and variables by name: those of the HDF5 that this library is made with.
//
// The C++ library exports none of them, so that it lives beside any other HDF5 in one program. Who
// needs them nevertheless (filter plug-ins, programs that mix in C calls) gets them from here.
#pragma once

namespace hyperslab::hdf5 {

/// The address of a function or variable of libhdf5's public interface, "H5Dopen2" or
/// "H5T_NATIVE_INT_g"; null when it has none of that name.
void* find_c_symbol(const char* name);

}  // namespace hyperslab::hdf5
