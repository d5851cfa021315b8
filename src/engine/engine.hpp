// The one way by which values of datasets are read and written.
//
// Engines fulfil requests (plan/request.hpp). The library engine can do all of them; the direct
// engine is asked first and refuses, with a reason, what it is not sure of.
#pragma once

#include "engine/facts/element_sink.hpp"
#include "engine/facts/engine_choice.hpp"  // IWYU pragma: export
#include "engine/plan/request.hpp"         // IWYU pragma: export

namespace hyperslab::engine {

/// Reads `selection.memory_shape()` elements into a block of memory. They are of one moment.
/// \throws ExtentChanged
void read(const Request& request, void* memory);

/// The same for elements that point to others, strings and sequences.
void read(const Request& request, ElementSink& sink);

/// Reads one element, and maybe those around it (nearby_elements.hpp).
void read_element(const Request& request, void* memory);

/// Writes `selection.memory_shape()` elements.
/// \throws ExtentChanged
void write(const Request& request, const void* memory);

}  // namespace hyperslab::engine
