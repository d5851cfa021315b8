// What would make a read faster.
//
// Each piece of advice is a promise: tests/python/test_explain.py follows it and looks whether it
// holds. One that cannot be tested so does not belong here; of a slow filter the test sees only who
// is told, for how much quicker another one is was measured by hand.
#pragma once

#include "engine/facts/refusal.hpp"
#include "hyperslab/read_explanation.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

/// What the reader of an explanation should know beyond it.
struct AdviceFacts {
    const Selection& selection;
    std::size_t element_size = 0;   ///< in the file
    std::uint64_t chunk_bytes = 0;  ///< a chunk decoded; 0 when there are none
    std::uint64_t cache_bytes = 0;  ///< that decoded chunks of the dataset may take
    bool partial_chunks = false;    ///< some are touched of which not all is wanted
    Refusal refusal = Refusal::none;
};

/// Adds to an explanation that is complete otherwise.
void add_advice(const AdviceFacts& facts, ReadExplanation& explanation);

/// A shape of chunks for reads like this one: about as large as now, or larger where that is
/// little. Empty when the present one is as good.
Shape suggest_chunk_shape(const Selection& selection, const Shape& chunk, std::size_t element_size);

}  // namespace hyperslab::engine
