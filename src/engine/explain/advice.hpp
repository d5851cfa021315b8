// Advice on what would make a read faster.
//
// Each piece of advice is a promise: tests/python/engine/test_explain.py follows it and checks
// whether it holds. Advice that cannot be tested in this way does not belong here. For a slow
// filter the test checks only who gets the advice; how much quicker another filter is was measured
// by hand.
#pragma once

#include "engine/facts/refusal.hpp"
#include "hyperslab/read_explanation.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

/// Facts that advice needs beside the explanation.
struct AdviceFacts {
    const Selection& selection;
    std::size_t element_size = 0;   ///< in the file
    std::uint64_t chunk_bytes = 0;  ///< bytes of a decoded chunk; 0 without chunks
    std::uint64_t cache_bytes = 0;  ///< the maximum that decoded chunks of the dataset take
    bool partial_chunks = false;    ///< whether parts of some chunks are not wanted
    Refusal refusal = Refusal::none;
};

/// Adds advice to an explanation that is complete otherwise.
void add_advice(const AdviceFacts& facts, ReadExplanation& explanation);

/// A shape of chunks for reads like this one, about as large as the present one, or larger where
/// that is small. It is empty when the present shape is as good.
Shape suggest_chunk_shape(const Selection& selection, const Shape& chunk, std::size_t element_size);

}  // namespace hyperslab::engine
