// HDF5's C functions and variables by name, for code of others: filter plug-ins, packages of
// filters, extensions that were written for h5py's HDF5.
//
// hyperslab exports none of HDF5's names, so that it can live beside any other HDF5 in one program;
// code that needs them gets them from here. That code knows nothing of the library lock, nor that
// reads go past libhdf5. So it gets functions of the same form that hold the lock and count what
// may have changed in a file. They may be called from inside libhdf5.
#pragma once

namespace hyperslab::hdf5 {

/// The address of a function or variable of libhdf5's public interface, "H5Dopen2" or
/// "H5T_NATIVE_INT_g"; null when there is none of that name.
void* find_c_symbol(const char* name);

}  // namespace hyperslab::hdf5
