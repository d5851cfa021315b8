// The exceptions of calls with wrong arguments.
//
// nanobind answers them with the list of its C++ signatures. Python calls a function of nanobind
// through a pointer that the function object holds (vectorcall). Here that pointer leads to another
// function, which calls the first one and, when that has failed for its arguments, lets
// _call_errors.py say which argument was wrong. A correct call pays for one more call.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// Goes through everything that is bound; comes last.
void explain_call_errors(nb::module_& core);

}  // namespace hyperslab::python
