// GroupID: a group, and the base of FileID, which stands for its root group too.
#pragma once

#include "ids/object_id.hpp"

namespace hyperslab::python {

struct GroupID : ObjectID {
    using ObjectID::ObjectID;
};

/// `group.links`: H5L's functions for the links in one group.
///
/// The group object is kept alive, so that a proxy of a temporary works. Its identifier is not:
/// closing the group closes it for the proxy too.
struct LinkProxy {
    hdf5::Id id = hdf5::kInvalidId;
    nb::object group{};
};

}  // namespace hyperslab::python
