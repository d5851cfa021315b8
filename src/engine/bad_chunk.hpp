// Finds the chunk at which a read failed, because libhdf5 reports that it failed, but not where.
#pragma once

#include <string>

#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// Looks for the first chunk of a failed read that cannot be read by itself.
/// \returns "the chunk at (100, 0) cannot be read: ...", or an empty string when none is found
///     before much has been read
std::string find_bad_chunk(const Request& request);

}  // namespace hyperslab::engine
