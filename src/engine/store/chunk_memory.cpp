#include "engine/store/chunk_memory.hpp"

#include <algorithm>
#include <cstdint>
#include <list>
#include <mutex>
#include <utility>

namespace hyperslab::engine {
namespace {

// As much as one dataset's chunk cache usually holds.
constexpr std::size_t kMostBytes = 8U << 20;

using Bytes = std::unique_ptr<std::byte[]>;

class WaitingMemory {
public:
    /// Null when there is none of that size.
    Bytes take(std::size_t size) {
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (!lock) {
            return nullptr;
        }
        const auto found = std::ranges::find(waiting_, size, &Waiting::size);
        if (found == waiting_.end()) {
            return nullptr;
        }
        Bytes bytes = std::move(found->bytes);
        waiting_.erase(found);
        bytes_ -= size;
        return bytes;
    }

    /// What has waited for longest makes room.
    void give(std::size_t size, Bytes bytes) {
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (!lock || size > kMostBytes) {
            return;
        }
        while (bytes_ + size > kMostBytes) {
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

    // Only tried: a thread that held it when the process forked does not exist in the child.
    std::mutex mutex_;
    std::list<Waiting> waiting_;  // what came last first
    std::size_t bytes_ = 0;
};

// Not destroyed, as chunks are given up by whatever is destroyed last.
WaitingMemory& waiting_memory = *new WaitingMemory;

struct GiveBack {
    std::size_t size;

    void operator()(std::byte* bytes) const noexcept {
        Bytes owned(bytes);
        try {
            waiting_memory.give(size, std::move(owned));
        } catch (const std::bad_alloc&) {  // then it is freed
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
