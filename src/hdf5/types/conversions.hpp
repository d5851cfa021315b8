// Conversions between element types that libhdf5 lacks.
//
// h5py's users know them: a fixed-length string becomes one of variable length and back, an integer
// becomes an enumeration's value, a bitfield is an unsigned integer, a complex number of HDF5 2 is
// the compound {r, i} that older files hold. Once registered they work wherever libhdf5 converts.
// None of them knows Python.
//
// Rule of memory: a string that is made is allocated as the transfer property list says (malloc by
// default) and belongs to the owner of the buffer; H5Treclaim frees it. A string that is converted
// is not freed, since libhdf5 gives conversions shallow copies of the caller's elements: the caller
// keeps the pointers that it must free.
#pragma once

namespace hyperslab::hdf5 {

/// Registers them with libhdf5; once a process, when the library starts.
void register_conversions();

}  // namespace hyperslab::hdf5
