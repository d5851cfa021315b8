// Writing elements to more places than there are elements, by NumPy's rules.
//
// The elements lie in memory as libhdf5 needs them, so they are converted once and repeated as
// bytes. A write makes several calls of libhdf5, and is one step for other threads.
#pragma once

#include <cstddef>

#include "engine/engine.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

/// Writes elements of a shape of their own, in C order, to a selection. One element without a shape
/// goes to any selection, other shapes as selection::expand_shape says.
/// \param element_size  bytes of an element in memory
/// \throws Error (type_mismatch) when they cannot be broadcast
/// \throws ExtentChanged
void write_spread(const Request& request,
                  const Shape& shape,
                  const void* elements,
                  std::size_t element_size);

}  // namespace hyperslab::engine
