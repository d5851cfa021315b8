// AttrID: an attribute.
#pragma once

#include "object_id.hpp"

namespace hyperslab::python {

struct AttrID : ObjectID {
    using ObjectID::ObjectID;
};

/// The class, with its methods: h5a_attribute.cpp.
void bind_attr_id(nb::module_& m);

}  // namespace hyperslab::python
