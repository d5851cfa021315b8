// Encodes the chunks of a plan on all cores and stores them, in the order of the file.
#pragma once

#include <exception>
#include <memory>

#include "engine/plan/request.hpp"
#include "engine/write/plan_write.hpp"

namespace hyperslab::engine {

/// What could not be made: nothing is wrong with the file yet, so libhdf5 may try.
struct NotMade : std::exception {};

/// Where chunks may be that are replaced: in the file alone, or in libhdf5's chunk cache, which
/// forgets them then.
enum class Before { in_file, in_cache };

/// Called under the library lock, which is held all the time.
/// \param request  what the plan is of
/// \throws NotMade, and Error when storing fails
void store_chunks(const std::shared_ptr<const WritePlan>& plan,
                  const Request& request,
                  const void* memory,
                  Before before);

}  // namespace hyperslab::engine
