#include "engine/store/dataset_storage.hpp"

#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {
namespace {

constexpr unsigned kKnown = 1U << 20;
constexpr std::size_t kUsualChunkCache = 8U << 20;

}  // namespace

std::shared_ptr<StoredDataset> DatasetStorage::stored(Planning planning) {
    const hdf5::LockGuard guard;
    if (stored_ == nullptr && planning == Planning::to_know) {
        return std::make_shared<StoredDataset>(*this);
    }
    if (stored_ == nullptr) {
        stored_ = std::make_shared<StoredDataset>(*this);
        times_asked_ = kKnown;
    }
    return stored_;
}

ParallelStorage& DatasetStorage::stored_in_parallel() {
    const hdf5::LockGuard guard;
    if (stored_in_parallel_ == nullptr) {
        stored_in_parallel_ = std::make_shared<ParallelStorage>(*this);
    }
    return *stored_in_parallel_;
}

bool DatasetStorage::is_known_to_have_huge_chunks() {
    if (times_asked_.load(std::memory_order_relaxed) < kKnown) {
        return false;
    }
    const hdf5::LockGuard guard;
    return stored_ != nullptr && stored_->facts().pipeline &&
           stored_->facts().chunk_bytes > kUsualChunkCache;
}

bool DatasetStorage::is_new_to_direct_reads(unsigned patience, Planning planning) {
    if (times_asked_.load(std::memory_order_relaxed) >= patience) {
        return false;
    }
    if (planning == Planning::to_read) {
        times_asked_.fetch_add(1, std::memory_order_relaxed);
    }
    return true;
}

}  // namespace hyperslab::engine
