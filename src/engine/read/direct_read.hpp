// Reading past libhdf5: on all cores, and with the library lock held only while it is found out
// where the bytes lie.
//
// What is taken is given as libhdf5 would give it, to the bit. Whatever is not sure is refused, and
// when something goes wrong or is written meanwhile, libhdf5 reads again and has the last word:
// engine.cpp sees to that.
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
/// \param eager  also reads what is not worth while
DirectRead read_directly(const Request& request, void* memory, bool eager);

/// Reads elements that point to others, strings and sequences.
/// \throws whatever the sink throws
DirectRead read_directly(const Request& request, ElementSink& sink, bool eager);

}  // namespace hyperslab::engine
