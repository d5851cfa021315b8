// What calls with wrong arguments raise.
//
// nanobind answers them with the list of its C++ signatures. Python calls its functions through a
// pointer that each of them holds (vectorcall), as it does those of others; here another function
// stands there, which calls the first one and, when that has failed so, has _call_errors.py say
// which argument was wrong. What is called rightly pays for one more call.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// Goes through everything that is bound; comes last.
void explain_call_errors(nb::module_& core);

}  // namespace hyperslab::python
