// The part of Group that makes members.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// create_group, create_dataset and what else of `_hl.group` makes groups and datasets.
void bind_group_making(nb::module_& m);

}  // namespace hyperslab::python
