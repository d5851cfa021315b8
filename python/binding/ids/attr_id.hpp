// AttrID: an attribute.
#pragma once

#include "ids/object_id.hpp"

namespace hyperslab::python {

struct AttrID : ObjectID {
    using ObjectID::ObjectID;
};

}  // namespace hyperslab::python
