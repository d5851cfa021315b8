#include "engine/store/chunk_memory.hpp"

#include <algorithm>
#include <cstdint>
#include <list>
#include <utility>

#include "core/thread_safety.hpp"

namespace hyperslab::engine {
namespace {

// The maximum number of bytes that wait: as much as one dataset's chunk cache usually holds.
constexpr std::size_t kMaxBytes = 8U << 20;

using Bytes = std::unique_ptr<std::byte[]>;

class WaitingMemory {
public:
    /// Takes memory of that size; null when there is none.
    Bytes take(std::size_t size) {
        if (!mutex_.try_lock()) {
            return nullptr;
        }
        const core::MutexLock lock(mutex_, std::adopt_lock);
        const auto found = std::ranges::find(waiting_, size, &Waiting::size);
        if (found == waiting_.end()) {
            return nullptr;
        }
        Bytes bytes = std::move(found->bytes);
        waiting_.erase(found);
        bytes_ -= size;
        return bytes;
    }

    /// Gives memory back. The memory that has waited for longest makes room.
    void give(std::size_t size, Bytes bytes) {
        if (size > kMaxBytes || !mutex_.try_lock()) {
            return;
        }
        const core::MutexLock lock(mutex_, std::adopt_lock);
        while (bytes_ + size > kMaxBytes) {
            bytes_ -= waiting_.back().size;
            waiting_.pop_back();
        }
        waiting_.push_front({size, std::move(bytes)});
        bytes_ += size;
    }

private:
    struct Waiting {
        std::size_t size;
        Bytes bytes;
    };

    // The mutex is only tried, because a thread that held it when the process forked does not exist
    // in the child.
    core::Mutex mutex_;
    std::list<Waiting> waiting_ HYPERSLAB_GUARDED_BY(mutex_);  // what was given last comes first
    std::size_t bytes_ HYPERSLAB_GUARDED_BY(mutex_) = 0;
};

// It is not destroyed, as chunks are given back by whatever is destroyed last.
WaitingMemory& waiting_memory = *new WaitingMemory;

struct GiveBack {
    std::size_t size;

    void operator()(std::byte* bytes) const noexcept {
        Bytes owned(bytes);
        try {
            waiting_memory.give(size, std::move(owned));
        } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): then it is freed
        }
    }
};

}  // namespace

ChunkBytes make_chunk_bytes(std::size_t size) {
    Bytes bytes = waiting_memory.take(size);
    if (bytes == nullptr) {
        bytes = std::make_unique_for_overwrite<std::byte[]>(size);
    }
    return {bytes.release(), GiveBack{size}};
}

}  // namespace hyperslab::engine
