// Which chunk it was: libhdf5 says that a read failed, not where.
#pragma once

#include <string>

#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// Looks for the first chunk of a failed read that cannot be read by itself.
/// \returns "the chunk at (100, 0) cannot be read: ...", or nothing when none is found before much
///     has been read
std::string find_bad_chunk(const Request& request);

}  // namespace hyperslab::engine
