// NumPy dtypes to Datatypes and back, by h5py's rules.
//
// What NumPy has no type for hides in a dtype's metadata, under the keys that h5py uses:
// 'vlen' (str, bytes or the element dtype of an object array), 'enum' (a dict), 'ref' (Reference,
// RegionReference or StandardReference), 'h5py_encoding' (of fixed strings), 'h5py_opaque'.
#pragma once

#include "hyperslab/datatype.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// The dtype as which h5py reads a type.
/// \throws TypeError or ValueError when NumPy has none
nb::object dtype_from_type(const Datatype& type);

/// The HDF5 type of a dtype.
///
/// `logical`: what is stored in a file: object dtypes become the strings, sequences or references
/// that their metadata tell of, tagged integers become enumerations. Otherwise the layout in
/// memory: objects are opaque pointers, enumerations their integers.
/// `aligned`: a compound must keep NumPy's offsets and size.
/// \throws TypeError when there is none
Datatype type_from_dtype(nb::handle dtype, bool logical, bool aligned = false);

/// A value of a dtype's metadata, or a null object.
nb::object dtype_metadata(nb::handle dtype, const char* key);

/// The dtype's kind: 'i', 'f', 'V', …
char dtype_kind(nb::handle dtype);
std::size_t dtype_itemsize(nb::handle dtype);

/// Whether elements hold Python objects ('O' anywhere inside).
bool dtype_has_objects(nb::handle dtype);

/// Tags of the opaque types that stand for memory that only Python can read.
inline constexpr const char* kPythonObjectTag = "PYTHON:OBJECT";
inline constexpr const char* kNumpyStringTag = "NUMPY:STRING";

}  // namespace hyperslab::python
