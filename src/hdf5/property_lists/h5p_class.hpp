// Property lists of any class: they are made, copied and compared here. The properties of each
// class are in a header of their own; h5p.hpp has them all.
#pragma once

#include <optional>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5p {

/// The property list classes that libhdf5 itself defines.
enum class ListClass {
    root,
    object_create,
    file_create,
    file_access,
    file_mount,
    dataset_create,
    dataset_access,
    dataset_transfer,
    group_create,
    group_access,
    datatype_create,
    datatype_access,
    attribute_create,
    attribute_access,
    object_copy,
    link_create,
    link_access,
    string_create,
    reference_access,
};

/// The identifier of a class. libhdf5 owns it.
Id class_id(ListClass list_class);

/// A new list with the class's defaults.
Handle create(ListClass list_class);
Handle create(Id list_class);

Handle copy(Id list);
bool equal(Id a, Id b);

/// The class of a list, as an identifier to own.
Handle get_class(Id list);

/// The class of a list; an empty optional when it is not one of libhdf5's own.
std::optional<ListClass> class_of(Id list);

/// Whether the list has a property of that name (libhdf5's internal names).
bool exist(Id list, const std::string& name);

/// What a list holds, as a number that is another one for other values (announce.hpp); empty where
/// libhdf5 cannot say.
std::string fingerprint_of(Id list);

}  // namespace hyperslab::hdf5::h5p
