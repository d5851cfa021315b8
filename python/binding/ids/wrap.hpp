// Any HDF5 identifier as a Python object.
#pragma once

#include "hdf5/call/handle.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// A FileID, GroupID, DatasetID, AttrID, SpaceID, a subclass of TypeID or of PropID.
/// \throws ValueError for identifiers that have no Python class
nb::object wrap_identifier(hdf5::Handle identifier);

}  // namespace hyperslab::python
