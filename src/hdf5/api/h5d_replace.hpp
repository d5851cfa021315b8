// Chunks that take the place of others.
#pragma once

#include <cstddef>

#include "hdf5/call/id.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::hdf5::h5d {

/// Writes a chunk that may have been stored before with another filter mask. libhdf5 keeps the old
/// mask where a chunk is replaced by one of the same size, and could not read the new one. So such
/// a chunk gets another size in between.
void replace_chunk(Id dataset,
                   const Shape& offset,
                   unsigned filter_mask,
                   const void* data,
                   std::size_t size,
                   Id dxpl = kDefault);

}  // namespace hyperslab::hdf5::h5d
