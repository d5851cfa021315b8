// From whatever a user gives as data to the array that a new dataset or attribute is made from.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// The array that a new dataset or attribute is made from.
nb::object array_for_new_object(nb::handle data, nb::handle specified_dtype);

/// The one Python type of all innermost items, or None.
nb::object find_item_type(nb::handle data);

}  // namespace hyperslab::python
