// Decoded chunks of one dataset, so that reading it row by row decodes each chunk once.
//
// A chunk that is read whole, or without a filter, is kept only when it is read again (note()),
// because copying it to fresh memory costs as much as fetching it. Small chunks with filters that
// are read one at a time are kept at once while nothing must make room for them, because decoding
// one costs ten times its copy. The cache holds at most the number of bytes of the dataset's chunk
// cache (rdcc_nbytes); the chunk that came last stays even when it alone is larger, unless caching
// is off. Any number of threads may use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>

#include "core/thread_safety.hpp"
#include "engine/store/chunk_memory.hpp"

namespace hyperslab::engine {

class ChunkCache {
public:
    ChunkCache(std::size_t budget, std::size_t chunk_bytes);

    /// Finds a chunk; null when it is not there.
    /// \param generation  only chunks of this generation are found
    ChunkBytes find(std::uint64_t number, std::uint64_t generation);

    /// Whether a chunk is there. Unlike find(), asking changes nothing of what is kept.
    bool contains(std::uint64_t number, std::uint64_t generation);

    void insert(std::uint64_t number, std::uint64_t generation, ChunkBytes bytes);

    bool enabled() const { return budget_ != 0; }

    /// Whether `chunks` chunks can be kept at once.
    bool has_room_for(std::size_t chunks) const { return chunks <= budget_ / chunk_bytes_; }

    /// Whether a chunk can be kept without another one making room for it.
    bool has_free_room(std::uint64_t generation);

    /// Notes that `bytes` bytes of a chunk were read and not kept.
    void note(std::uint64_t number, std::uint64_t generation, std::uint64_t bytes);

    /// Whether at least half as many bytes were noted of a chunk as it has.
    bool is_worth_keeping(std::uint64_t number, std::uint64_t generation);

private:
    struct Entry {
        std::uint64_t number;
        ChunkBytes bytes;
    };

    std::size_t capacity() const;
    /// Takes the mutex unless another thread holds it for too long.
    bool lock_or_give_up() HYPERSLAB_TRY_ACQUIRE(true, mutex_);
    void keep_only(std::uint64_t generation) HYPERSLAB_REQUIRES(mutex_);

    std::size_t budget_;
    std::size_t chunk_bytes_;
    using Places = std::unordered_map<std::uint64_t, std::list<Entry>::iterator>;
    using Noted = std::unordered_map<std::uint64_t, std::uint64_t>;

    core::Mutex mutex_;
    std::uint64_t generation_ HYPERSLAB_GUARDED_BY(mutex_) = 0;
    std::list<Entry> entries_ HYPERSLAB_GUARDED_BY(mutex_);  // the one used last comes first
    Places places_ HYPERSLAB_GUARDED_BY(mutex_);             // by the number of the chunk
    Noted noted_ HYPERSLAB_GUARDED_BY(mutex_);  // bytes read and not kept, by chunk number
};

}  // namespace hyperslab::engine
