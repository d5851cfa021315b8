// Memory for chunks that are kept.
//
// A dataset that is closed gives up its chunks, and the next one wants as many: code that says
// file["d"][...] in a loop would be given memory by the system, page by page, each time. So some of
// it waits here. Any number of threads.
#pragma once

#include <cstddef>
#include <memory>

namespace hyperslab::engine {

/// The bytes of a chunk, decoded.
using ChunkBytes = std::shared_ptr<std::byte[]>;

/// Not initialised.
/// \throws std::bad_alloc
ChunkBytes make_chunk_bytes(std::size_t size);

}  // namespace hyperslab::engine
