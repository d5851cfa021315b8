// How a group of the old file is made in the new one.
#pragma once

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::object {

/// The creation list for a group like this one. The list that libhdf5 has of a group holds where
/// its links lie in the file, too, and a group that is made with that would look for its links
/// there.
hdf5::Handle group_list(hdf5::Id group);

/// Gives a file's creation list what concerns the root group.
void copy_group_properties(hdf5::Id group, hdf5::Id fcpl);

}  // namespace hyperslab::object
