// Translates Datatypes to HDF5 identifiers and back.
#pragma once

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/datatype.hpp"

namespace hyperslab::hdf5 {

/// A new, transient HDF5 datatype with this description.
/// \throws Error (unsupported) for a type that this libhdf5 lacks (native complex before 2.0)
Handle make_type(const Datatype& type);

/// The description of an HDF5 datatype.
/// \throws Error (type_mismatch) for a class that libhdf5 does not name
Datatype describe_type(Id type);

}  // namespace hyperslab::hdf5
