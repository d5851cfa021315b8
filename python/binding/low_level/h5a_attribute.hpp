// The part of h5a that is the class AttrID.
#pragma once

#include "ids/attr_id.hpp"

namespace hyperslab::python {

/// The class, with its methods.
void bind_attr_id(nb::module_& m);

}  // namespace hyperslab::python
