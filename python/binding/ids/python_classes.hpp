// The Python classes of the high level, and wrapping objects in them.
//
// File, Group, Dataset … are Python classes; each of their methods is one call of a function here.
#pragma once

#include "hdf5/call/handle.hpp"
#include "ids/object_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// The Python classes and what is needed of them, set once at the end of the package's import.
struct HighLevelClasses {
    nb::object dataset;
    nb::object group;
    nb::object file;
    nb::object datatype;
    nb::object attributes;
    nb::object empty;
    nb::object id;  ///< the name of an object's identifier, "_id"
};

HighLevelClasses& classes();

/// A Dataset, Group or Datatype for an object's identifier.
nb::object wrap_object(hdf5::Handle object);

/// The low-level object in a high-level one: its `_id`.
nb::object low_level(nb::handle object);

/// Whether an object is an h5py.Empty.
bool is_empty_object(nb::handle data);

}  // namespace hyperslab::python
