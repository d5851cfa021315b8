// Advice on what would make a write faster. tests/python/engine/test_explain_write.py follows each
// piece of it, as test_explain.py does for reads.
#pragma once

#include "engine/explain/dataset_description.hpp"
#include "engine/write/plan_write.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/write_explanation.hpp"

namespace hyperslab::engine {

struct WriteAdviceFacts {
    const DatasetDescription& dataset;
    const Selection& selection;
    const RefusedWrite& refused;
};

/// Adds advice to an explanation that is complete otherwise.
void add_write_advice(const WriteAdviceFacts& facts, WriteExplanation& told);

}  // namespace hyperslab::engine
