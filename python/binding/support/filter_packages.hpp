// Filters that a Python package brings (hyperslab/_plugins.py).
#pragma once

#include "hdf5/call/id.hpp"
#include "hyperslab/filter.hpp"

namespace hyperslab::python {

/// Whether a filter can be used; one of a package that has been imported is registered for that.
bool provide_filter(FilterId id);

/// Does so for all filters of an open dataset, before it is read or written.
void provide_filters(hdf5::Id dataset);

}  // namespace hyperslab::python
