// What the files of the high-level binding share: the Python classes, and wrapping objects in them.
//
// File, Group, Dataset … are Python classes; each of their methods is one call of a function here.
#pragma once

#include <string>

#include "binding.hpp"
#include "hdf5/call/handle.hpp"
#include "object_id.hpp"

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

/// A name given by a user as bytes: str becomes UTF-8, bytes stay.
/// \throws TypeError for anything else
std::string encode_name(nb::handle name);

/// A name from a file as text; bytes that are not UTF-8 stay bytes.
nb::object decode_name(const std::string& name);

/// The array that a new dataset or attribute is made from.
nb::object array_for_new_object(nb::handle data, nb::handle specified_dtype);

/// The one Python type of all innermost items, or None.
nb::object find_item_type(nb::handle data);

bool is_empty_object(nb::handle data);

void bind_base(nb::module_& core);
void bind_dataset(nb::module_& core);
void bind_group(nb::module_& core);
void bind_files(nb::module_& core);
void bind_attrs(nb::module_& core);
void bind_filters(nb::module_& core);
void bind_vds(nb::module_& core);
void bind_dims(nb::module_& core);
void bind_selections(nb::module_& core);
void bind_utils(nb::module_& core);
void bind_engine(nb::module_& core);
void bind_progress(nb::module_& core);
void bind_explanation(nb::module_& core);

}  // namespace hyperslab::python
