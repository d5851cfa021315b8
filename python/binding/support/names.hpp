// Names of objects, links and attributes as users of the high level give them.
#pragma once

#include <string>

#include "support/binding.hpp"

namespace hyperslab::python {

/// A name given by a user as bytes: str becomes UTF-8, bytes stay.
/// \throws TypeError for anything else
std::string encode_name(nb::handle name);

/// A name from a file as text; bytes that are not UTF-8 stay bytes.
nb::object decode_name(const std::string& name);

}  // namespace hyperslab::python
