// Walks over everything below a group: visit, visititems, visit_links and visititems_links.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// visit, visit_items and visit_links of `_hl.group`.
void bind_visits(nb::module_& m);

}  // namespace hyperslab::python
