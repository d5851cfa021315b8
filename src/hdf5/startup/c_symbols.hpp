// HDF5's C functions and variables by name, for code of others: filter plug-ins, packages of
// filters, extensions that were written for h5py's HDF5.
//
// Nothing of ours exports HDF5's names, so that we live beside any other HDF5 in one program; who
// needs them gets them from here. Such code knows nothing of the library lock, nor that reads go
// past libhdf5. So its functions are of the same form, and hold the lock and count what may have
// changed in a file. They may be called from inside libhdf5.
#pragma once

namespace hyperslab::hdf5 {

/// The address of a function or variable of libhdf5's public interface, "H5Dopen2" or
/// "H5T_NATIVE_INT_g"; null when it has none of that name.
void* find_c_symbol(const char* name);

}  // namespace hyperslab::hdf5
