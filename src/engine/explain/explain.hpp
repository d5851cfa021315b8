// Says what a read would do, without reading: which engine, why, and what it would cost.
#pragma once

#include "engine/plan/request.hpp"
#include "hyperslab/read_explanation.hpp"

namespace hyperslab::engine {

/// What engine::read would do with the request. Counts nothing and changes no cache; in a file that
/// is open for writing libhdf5 may write what it holds of the dataset, as for a read.
ReadExplanation explain(const Request& request);

}  // namespace hyperslab::engine
