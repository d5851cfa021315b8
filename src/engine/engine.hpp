// The one way by which values of datasets are read and written.
//
// Engines fulfil requests (plan/request.hpp). The direct engine is asked first and refuses, with a
// reason, what it is not sure of. The library engine can do all requests.
#pragma once

#include <cstdint>

#include "engine/facts/element_sink.hpp"
#include "engine/facts/engine_choice.hpp"  // IWYU pragma: export
#include "engine/plan/request.hpp"         // IWYU pragma: export

namespace hyperslab::engine {

/// Reads `selection.memory_shape()` elements into a block of memory. All of them are of one moment.
/// \throws ExtentChanged
void read(const Request& request, void* memory);

/// Reads elements that point to values elsewhere, strings and sequences, into a sink.
void read(const Request& request, ElementSink& sink);

/// Reads one element, and perhaps the elements around it (nearby_elements.hpp).
void read_element(const Request& request, void* memory);

/// How fewer bytes than these go into a new dataset without filters does not matter: one call of
/// libhdf5 writes them sooner than write() has found out what it may do.
inline constexpr std::uint64_t kFewNewBytes = 1U << 20;

/// Writes `selection.memory_shape()` elements.
/// \throws ExtentChanged
void write(const Request& request, const void* memory);

}  // namespace hyperslab::engine
