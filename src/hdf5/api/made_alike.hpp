// What is made as something in another file is: with its creation list, in its format.
#pragma once

#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/property_lists/h5p_file.hpp"

namespace hyperslab::hdf5 {

/// Makes an attribute.
/// \param acpl  its creation list
Handle create_attribute(Id object, const std::string& name, Id type, Id space, Id acpl);

/// Commits a type without a name.
/// \param tcpl  its creation list
void commit_without_name(Id location, Id type, Id tcpl);

/// Sets the oldest and the newest format of what is made in a file from now on.
void set_format(Id file, h5p::Libver low, h5p::Libver high);

}  // namespace hyperslab::hdf5
