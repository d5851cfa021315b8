// Chunks that are complete in libhdf5's chunk cache, encoded on all cores.
//
// A program that writes a chunk part by part is served by that cache. What libhdf5 does when it
// pushes the chunk out takes one core, and a slower encoder. So a chunk that has been written to
// its last element is taken out of the cache, encoded here, and stored. A chunk that is written
// again soon stays there, since it would be encoded again.
#pragma once

#include "engine/plan/request.hpp"
#include "engine/write/plan_write.hpp"

namespace hyperslab::engine {

/// Called after libhdf5 has written a selection into its chunk cache, under the same lock.
/// \param plan  of that write, past libhdf5
void store_completed_chunks(const Request& request, const WritePlan& plan);

}  // namespace hyperslab::engine
