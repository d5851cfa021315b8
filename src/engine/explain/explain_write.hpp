// Explains what a write would do, without writing: which engine writes, why, and what it costs.
#pragma once

#include "engine/plan/request.hpp"
#include "hyperslab/write_explanation.hpp"

namespace hyperslab::engine {

/// What engine::write would do with the request. Nothing is written, and the file may be open for
/// reading only.
WriteExplanation explain_write(const Request& request);

}  // namespace hyperslab::engine
