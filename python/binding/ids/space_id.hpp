// SpaceID: a dataspace with a selection in it.
#pragma once

#include "ids/object_id.hpp"

namespace hyperslab::python {

struct SpaceID : ObjectID {
    using ObjectID::ObjectID;
};

}  // namespace hyperslab::python
