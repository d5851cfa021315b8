// Elements that have parts as JSON text, which SQLite's JSON functions take apart again.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <string>

namespace hyperslab::apps::sql {

/// Arrays and sequences are JSON arrays, complex numbers [real, imaginary], compounds objects; NaN
/// and infinities are null, bytes that are neither text nor number hexadecimal.
std::string json_text(const Element& element);

}  // namespace hyperslab::apps::sql
