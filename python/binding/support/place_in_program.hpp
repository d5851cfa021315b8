// Where in the user's program a call comes from, for messages.
#pragma once

#include <string>

namespace hyperslab::python {

/// "file.py:12": the innermost line that is not hyperslab's own. May be called without the
/// interpreter's lock.
std::string place_in_program();

}  // namespace hyperslab::python
