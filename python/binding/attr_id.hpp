// AttrID: an attribute.
#pragma once

#include "object_id.hpp"

namespace hyperslab::python {

struct AttrID : ObjectID {
    using ObjectID::ObjectID;
};

}  // namespace hyperslab::python
