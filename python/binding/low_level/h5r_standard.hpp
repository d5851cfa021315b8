// The part of h5r that is about standard references.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// Binds the class and the functions.
void bind_standard_references(nb::module_& m);

}  // namespace hyperslab::python
