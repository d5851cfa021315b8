// Memory for chunks that are kept.
//
// A dataset that is closed frees its chunks, and the next one often needs the same amount: code
// with file["d"][...] in a loop would get fresh memory from the system, page by page, each time. So
// some of the memory waits here. Any number of threads may use it.
#pragma once

#include <cstddef>
#include <memory>

namespace hyperslab::engine {

/// The bytes of a chunk, decoded.
using ChunkBytes = std::shared_ptr<std::byte[]>;

/// Memory of `size` bytes that is not initialised.
/// \throws std::bad_alloc
ChunkBytes make_chunk_bytes(std::size_t size);

}  // namespace hyperslab::engine
