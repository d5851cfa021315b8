// Reading a long list of positions by the stretches of the axis that they lie in.
//
// libhdf5 handles a list as that many blocks, at some microseconds each; a stretch is one block. So
// where the positions lie close, the whole stretch is read, in pieces that fit a small buffer, and
// what was asked for is copied out of it.
#pragma once

#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// Reads a list so, when that is likely to be quicker; false when it was not, and nothing is lost.
/// What went wrong in a stretch may lie between the positions, so it counts as false too.
bool read_by_spans(const Request& request, void* memory);

}  // namespace hyperslab::engine
