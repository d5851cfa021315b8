#include "engine/store/chunk_cache.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace hyperslab::engine {
namespace {

constexpr int kMaxAttempts = 1000;
// The number of chunks that are noted: enough for any cache of the usual sizes.
constexpr std::size_t kMaxNoted = 16'384;

}  // namespace

ChunkCache::ChunkCache(std::size_t budget, std::size_t chunk_bytes)
    : budget_(budget), chunk_bytes_(chunk_bytes) {}

// The capacity in chunks. A chunk that is larger than the budget may be there alone.
std::size_t ChunkCache::capacity() const {
    return std::max<std::size_t>(budget_ / chunk_bytes_, 1);
}

// It gives up because a thread that held the mutex when the process forked does not exist in the
// child.
bool ChunkCache::lock_or_give_up() {
    for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
        if (mutex_.try_lock()) {
            return true;
        }
        std::this_thread::yield();
    }
    return false;
}

void ChunkCache::keep_only(std::uint64_t generation) {
    if (generation_ != generation) {
        entries_.clear();
        places_.clear();
        noted_.clear();
        generation_ = generation;
    }
}

ChunkBytes ChunkCache::find(std::uint64_t number, std::uint64_t generation) {
    if (!enabled()) {
        return nullptr;
    }
    if (!lock_or_give_up()) {
        return nullptr;
    }
    const core::MutexLock lock(mutex_, std::adopt_lock);
    keep_only(generation);
    const auto place = places_.find(number);
    if (place == places_.end()) {
        return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, place->second);
    return place->second->bytes;
}

bool ChunkCache::contains(std::uint64_t number, std::uint64_t generation) {
    if (!enabled()) {
        return false;
    }
    if (!lock_or_give_up()) {
        return false;
    }
    const core::MutexLock lock(mutex_, std::adopt_lock);
    return generation_ == generation && places_.contains(number);
}

void ChunkCache::insert(std::uint64_t number, std::uint64_t generation, ChunkBytes bytes) {
    if (!enabled()) {
        return;
    }
    if (!lock_or_give_up()) {
        return;
    }
    const core::MutexLock lock(mutex_, std::adopt_lock);
    if (generation < generation_) {
        return;
    }
    keep_only(generation);
    if (places_.contains(number)) {
        return;
    }
    if (entries_.size() >= capacity()) {
        places_.erase(entries_.back().number);
        entries_.pop_back();
    }
    entries_.push_front({number, std::move(bytes)});
    places_[number] = entries_.begin();
}

bool ChunkCache::has_free_room(std::uint64_t generation) {
    if (!has_room_for(1) || !lock_or_give_up()) {
        return false;
    }
    const core::MutexLock lock(mutex_, std::adopt_lock);
    return generation_ != generation || entries_.size() < capacity();
}

void ChunkCache::note(std::uint64_t number, std::uint64_t generation, std::uint64_t bytes) {
    if (!lock_or_give_up()) {
        return;
    }
    const core::MutexLock lock(mutex_, std::adopt_lock);
    if (generation < generation_) {
        return;
    }
    keep_only(generation);
    if (noted_.size() == kMaxNoted) {
        noted_.clear();
    }
    noted_[number] += bytes;
}

bool ChunkCache::is_worth_keeping(std::uint64_t number, std::uint64_t generation) {
    if (!lock_or_give_up()) {
        return false;
    }
    const core::MutexLock lock(mutex_, std::adopt_lock);
    if (generation_ != generation) {
        return false;
    }
    const auto noted = noted_.find(number);
    return noted != noted_.end() && noted->second >= chunk_bytes_ / 2;
}

}  // namespace hyperslab::engine
