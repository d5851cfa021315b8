// What the functions of Group share.
#pragma once

#include "hdf5/handle.hpp"
#include "hdf5/id.hpp"
#include "hdf5/iteration.hpp"
#include "hyperslab/group.hpp"

namespace hyperslab::object {

/// The order in which the members of a group are listed: of creation where the group keeps it.
hdf5::Iteration listing_order(hdf5::Id group);

/// A group creation property list; the default when the options ask for nothing.
hdf5::Handle group_creation_plist(const GroupOptions& options);

/// Whether every value of a type can be stored as another one, as NumPy's "safe" casting has it.
bool can_hold(const Datatype& stored, const Datatype& values);

/// What an existing link says of itself.
Link link_at(hdf5::Id group, const std::string& path);

}  // namespace hyperslab::object
