// Arrays that must live until threads without a Python state have written what they are at.
#pragma once

#include <memory>

namespace hyperslab::python {

/// Holds on to an array, a PyObject*, from a thread without the interpreter's lock. When a helper
/// thread is the last to let go, the array lives until let_go_of_kept_arrays().
std::shared_ptr<void> keep_array(void* array);

/// Frees the arrays that helper threads have left. The caller holds the interpreter's lock. The
/// call costs next to nothing when there are none.
void let_go_of_kept_arrays();

}  // namespace hyperslab::python
