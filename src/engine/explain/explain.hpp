// Explains what a read would do, without reading: which engine reads, why, and what it costs.
#pragma once

#include "engine/plan/request.hpp"
#include "hyperslab/read_explanation.hpp"

namespace hyperslab::engine {

/// What engine::read would do with the request. Explaining counts nothing and changes no cache. In
/// a file that is open for writing, libhdf5 may write what it holds of the dataset, as for a read.
ReadExplanation explain(const Request& request);

}  // namespace hyperslab::engine
