#include "engine/write/store_chunks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "core/thread_safety.hpp"
#include "engine/facts/progress.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "engine/write/chunk_writer.hpp"
#include "hdf5/api/h5d.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;

// Chunks that are made before the first of them has to be stored: enough for all threads, and not
// much memory.
constexpr std::uint64_t kBatchBytes = 32U << 20;
constexpr std::size_t kMaxBatch = 1024;
// Encoding a chunk of so many bytes may take so long that the caller, who looks for Ctrl-C, has to
// leave it to helpers: the slowest encoders make ten megabytes a second.
constexpr std::size_t kLongEncode = 1U << 20;

/// The chunks that are in the file: what they hold, and new ones in their place.
class ChunkStore {
public:
    ChunkStore(OpenDataset& dataset, Before before)
        : dataset_(dataset.id()),
          write_(before == Before::in_cache && !h5d::keeps_filter_masks() ? &write_over_cached
                 : before == Before::in_cache || dataset.creation().stages.empty()
                     ? &h5d::write_chunk
                     : &h5d::replace_chunk) {}

    std::optional<StoredBytes> find(const Shape& offset) const {
        const std::uint64_t size = h5d::chunk_storage_size_or_0(dataset_, offset);
        if (size == 0) {
            return std::nullopt;
        }
        StoredBytes stored{std::vector<std::byte>(core::checked_size(size))};
        stored.skipped =
            h5d::read_chunk(dataset_, offset, stored.bytes.data(), stored.bytes.size());
        return stored;
    }

    void replace(const Shape& offset, const StoredBytes& chunk) const {
        write_(dataset_,
               offset,
               chunk.skipped,
               chunk.bytes.data(),
               chunk.bytes.size(),
               hdf5::kDefault);
    }

private:
    using Write = void (*)(hdf5::Id, const Shape&, unsigned, const void*, std::size_t, hdf5::Id);

    // Asking what is stored of a chunk that is in libhdf5's cache makes libhdf5 encode it. Whatever
    // it was: stored with another size first, it gets its filter mask (see h5d::replace_chunk).
    static void write_over_cached(hdf5::Id dataset,
                                  const Shape& offset,
                                  unsigned skipped,
                                  const void* bytes,
                                  std::size_t size,
                                  hdf5::Id dxpl) {
        const std::array<std::byte, 2> other{};
        h5d::write_chunk(dataset, offset, skipped, other.data(), size == 1 ? 2 : 1, dxpl);
        h5d::write_chunk(dataset, offset, skipped, bytes, size, dxpl);
    }

    hdf5::Id dataset_;
    Write write_;
};

/// Buffers that are used again, so that the system need not clear new memory for each chunk.
class Buffers {
public:
    StoredBytes take() {
        const core::MutexLock lock(mutex_);
        if (free_.empty()) {
            return {};
        }
        StoredBytes taken = std::move(free_.back());
        free_.pop_back();
        return taken;
    }

    void give_back(StoredBytes buffer) {
        const core::MutexLock lock(mutex_);
        free_.push_back(std::move(buffer));
    }

private:
    core::Mutex mutex_;
    std::vector<StoredBytes> free_ HYPERSLAB_GUARDED_BY(mutex_){};
};

/// What the threads share that make the chunks of a write. They own it together, because the caller
/// may be gone before they are done.
struct Making {
    Making(std::shared_ptr<const WritePlan> shared, const void* memory)
        : plan(std::move(shared)), writer(plan->writer(memory)) {}

    // What failed in memory alone may be made by libhdf5, which needs the memory of one chunk.
    StoredBytes make(std::size_t i, const std::optional<StoredBytes>& before) {
        try {
            StoredBytes made = buffers.take();
            writer.make(i, before, made);
            return made;
        } catch (const Error&) {
            throw NotMade();
        } catch (const std::bad_alloc&) {
            throw NotMade();
        }
    }

    std::shared_ptr<const WritePlan> plan;
    ChunkWriter writer;
    Buffers buffers{};
};

/// Chunks that are made before the next ones.
struct Batch {
    std::shared_ptr<Making> making;
    std::shared_ptr<void> memory;  ///< keeps the caller's memory alive, or is null
    std::size_t first;
    std::vector<std::optional<StoredBytes>> before;
    std::vector<StoredBytes> made;

    void make(std::size_t i) { made[i] = making->make(first + i, before[i]); }

    void store(const ChunkStore& store, std::size_t i) {
        const WritePlan& plan = *making->plan;
        store.replace(plan.parts.chunk_offset(first + i), made[i]);
        plan.encoding.written().add(plan.parts.number(first + i));
        making->buffers.give_back(std::move(made[i]));
    }
};

std::shared_ptr<Batch> batch_of(const std::shared_ptr<Making>& making,
                                const Request& request,
                                const ChunkStore& store,
                                std::size_t first,
                                std::size_t count) {
    const auto batch = std::make_shared<Batch>(
        Batch{.making = making,
              .memory = request.keep_memory != nullptr ? request.keep_memory(request.memory_owner)
                                                       : nullptr,
              .first = first,
              .before = std::vector<std::optional<StoredBytes>>(count),
              .made = std::vector<StoredBytes>(count)});
    for (std::size_t i = 0; i < count; ++i) {
        if (!making->writer.is_whole(first + i)) {
            batch->before[i] = store.find(making->plan->parts.chunk_offset(first + i));
        }
    }
    return batch;
}

void write_batch(const std::shared_ptr<Batch>& batch, const ChunkStore& store, bool is_watched) {
    const std::size_t count = batch->made.size();
    const auto take = [&](std::size_t i) { batch->store(store, i); };
    if (is_watched) {
        const bool abandon = batch->memory != nullptr;
        core::watched_ordered_for(count, [batch](std::size_t i) { batch->make(i); }, take, abandon);
    } else {
        core::ordered_for(count, [&](std::size_t i) { batch->make(i); }, take);
    }
}

}  // namespace

void store_chunks(const std::shared_ptr<const WritePlan>& plan,
                  const Request& request,
                  const void* memory,
                  Before before) {
    const auto making = std::make_shared<Making>(plan, memory);
    const std::size_t chunks = plan->parts.size();
    const std::size_t chunk_bytes = std::max<std::size_t>(plan->stored->facts().chunk_bytes, 1);
    if (plan->encoding.wants_tuning(chunks * chunk_bytes)) {
        plan->encoding.tune(making->writer.elements(chunks / 2));
    }
    const std::size_t batch =
        std::clamp<std::size_t>(kBatchBytes / chunk_bytes, 2 * core::thread_count(), kMaxBatch);
    const bool is_watched =
        chunk_bytes >= kLongEncode && !request.dataset.creation().stages.empty();
    const ChunkStore store(request.dataset, before);
    const std::uint64_t bytes = request.selection.element_count() * plan->conversion->from_size();
    // Chunks of the cache have been counted when they were written there.
    const std::uint64_t reported = before == Before::in_file ? bytes / chunks : 0;
    for (std::size_t first = 0; first < chunks; first += batch) {
        const std::size_t count = std::min(batch, chunks - first);
        ProgressReport report(ProgressKind::writing, reported * count);
        write_batch(batch_of(making, request, store, first, count), store, is_watched);
        report.finish();
    }
}

}  // namespace hyperslab::engine
