// Methods of Python classes that are called without a Python frame.
//
// The high-level classes are written in Python, so that clients can read, subclass and patch them;
// but the frame of a method that only calls C++ costs as much as reading an element. A NativeMethod
// stands in the class in place of such a function. Called with the required arguments alone it
// calls C++; called in any other way it calls the function. Its name, signature and documentation
// are those of the function.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

void bind_native_method(nb::module_& core);

}  // namespace hyperslab::python
