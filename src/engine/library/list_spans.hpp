// Reads a long list of positions by the stretches of the axis that they lie in.
//
// libhdf5 handles a list as one block for each run, at some microseconds each; a stretch is one
// block. So where the positions lie close together, the whole stretch is read, in pieces that fit a
// small buffer, and the wanted positions are copied out of it.
#pragma once

#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// Reads a list by stretches when that is likely to be quicker. Returns false when it was not done,
/// or when it failed: what is wrong may lie between the positions.
bool read_by_spans(const Request& request, void* memory);

}  // namespace hyperslab::engine
