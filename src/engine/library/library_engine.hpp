// The engine that leaves everything to libhdf5: H5Dread and H5Dwrite. It takes every request.
#pragma once

#include "engine/facts/element_sink.hpp"
#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// Reads `selection.memory_shape()` elements into a block of memory.
/// \throws ExtentChanged
void read_by_library(const Request& request, void* memory);

/// Reads elements that point to values elsewhere, all of them in one call.
/// \throws ExtentChanged
void read_by_library(const Request& request, ElementSink& sink);

/// Writes `selection.memory_shape()` elements.
/// \throws ExtentChanged
void write_by_library(const Request& request, const void* memory);

}  // namespace hyperslab::engine
