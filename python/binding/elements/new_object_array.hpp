// Makes the array for a new dataset or attribute out of whatever a user gives as data.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// The array that a new dataset or attribute is made from.
nb::object array_for_new_object(nb::handle data, nb::handle specified_dtype);

/// The Python type that all innermost items have, or None.
nb::object find_item_type(nb::handle data);

}  // namespace hyperslab::python
