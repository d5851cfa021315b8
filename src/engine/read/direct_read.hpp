// Reading past libhdf5, on all cores. The library lock is held only while it is found out where the
// bytes lie.
//
// What is read is the same as libhdf5's to the bit. Whatever is not sure is refused. When something
// goes wrong or is written meanwhile, engine.cpp lets libhdf5 read again, which has the last word.
#pragma once

#include <optional>

#include "engine/facts/element_sink.hpp"
#include "engine/facts/refusal.hpp"
#include "engine/plan/request.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {

/// How a read ended.
struct DirectRead {
    enum class End { done, refused, failed, overtaken };

    End end = End::done;
    Refusal refusal = Refusal::none;  ///< why it was refused
    std::optional<Error> failure{};   ///< what went wrong
};

/// Reads `selection.memory_shape()` elements into a block of memory.
/// \param eager  whether to read also what would not be quicker than by libhdf5
DirectRead read_directly(const Request& request, void* memory, bool eager);

/// Reads elements that point to values elsewhere: strings and sequences.
/// \throws whatever the sink throws
DirectRead read_directly(const Request& request, ElementSink& sink, bool eager);

}  // namespace hyperslab::engine
