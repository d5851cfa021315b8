// GroupID: a group, and the base of FileID, which stands for its root group too.
#pragma once

#include "ids/object_id.hpp"

namespace hyperslab::python {

struct GroupID : ObjectID {
    using ObjectID::ObjectID;
};

/// `group.links`: H5L's functions for the links in one group.
///
/// The group object is kept alive, so that a proxy of a temporary works; but not its identifier,
/// which whoever closes the group closes for the proxy too.
struct LinkProxy {
    hdf5::Id id = hdf5::kInvalidId;
    nb::object group{};
};

}  // namespace hyperslab::python
