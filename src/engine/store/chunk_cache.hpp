// Chunks of one dataset, decoded, so that reading it row by row decodes each chunk once.
//
// What is read whole, or without a filter, is kept only when it is read again (note()): a copy in
// memory that nobody touched costs as much as fetching it. Holds as many bytes as the dataset's
// chunk cache may (rdcc_nbytes); the chunk that came last stays even when it alone is larger,
// unless caching is off. Any number of threads.
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

    /// Null when it is not there.
    /// \param generation  only chunks of the same are found
    ChunkBytes find(std::uint64_t number, std::uint64_t generation);

    /// The same as a question: nothing is used or forgotten by it.
    bool contains(std::uint64_t number, std::uint64_t generation);

    void insert(std::uint64_t number, std::uint64_t generation, ChunkBytes bytes);

    bool enabled() const { return budget_ != 0; }

    /// Whether so many chunks can be kept at once, within what the cache may take.
    bool has_room_for(std::size_t chunks) const { return chunks <= budget_ / chunk_bytes_; }

    /// Says of a chunk that so many bytes of it were read and not kept.
    void note(std::uint64_t number, std::uint64_t generation, std::uint64_t bytes);

    /// Whether half as many bytes were noted as it has.
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
