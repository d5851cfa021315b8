#include "engine/write/store_chunks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "core/thread_safety.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "engine/write/chunk_writer.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5d_replace.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;

// Chunks that are made before the first of them has to be stored: enough for all threads, and not
// much memory.
constexpr std::uint64_t kBatchBytes = 32U << 20;
constexpr std::size_t kMaxBatch = 1024;

/// The chunks that are in the file: what they hold, and new ones in their place.
class ChunkStore {
public:
    ChunkStore(OpenDataset& dataset, Before before)
        : dataset_(dataset.id()),
          write_(before == Before::in_cache          ? &write_over_cached
                 : dataset.creation().stages.empty() ? &h5d::write_chunk
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

void write_batch(const WritePlan& plan,
                 const ChunkWriter& writer,
                 const ChunkStore& store,
                 Buffers& buffers,
                 std::size_t first,
                 std::size_t count) {
    std::vector<std::optional<StoredBytes>> before(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (!writer.is_whole(first + i)) {
            before[i] = store.find(plan.parts.chunk_offset(first + i));
        }
    }
    std::vector<StoredBytes> made(count);
    core::ordered_for(
        count,
        [&](std::size_t i) {
            try {
                made[i] = buffers.take();
                writer.make(first + i, before[i], made[i]);
            } catch (const Error&) {
                throw NotMade();
            }
        },
        [&](std::size_t i) {
            store.replace(plan.parts.chunk_offset(first + i), made[i]);
            plan.encoding.written().add(plan.parts.number(first + i));
            buffers.give_back(std::move(made[i]));
        });
}

}  // namespace

void store_chunks(const WritePlan& plan, const void* memory, OpenDataset& dataset, Before before) {
    const ChunkWriter writer = plan.writer(memory);
    const std::size_t chunks = plan.parts.size();
    const std::size_t chunk_bytes = std::max<std::size_t>(plan.stored->facts().chunk_bytes, 1);
    if (plan.encoding.wants_tuning(chunks * chunk_bytes)) {
        plan.encoding.tune(writer.elements(chunks / 2));
    }
    const std::size_t batch =
        std::clamp<std::size_t>(kBatchBytes / chunk_bytes, 2 * core::thread_count(), kMaxBatch);
    const ChunkStore store(dataset, before);
    Buffers buffers;
    for (std::size_t first = 0; first < chunks; first += batch) {
        write_batch(plan, writer, store, buffers, first, std::min(batch, chunks - first));
    }
}

}  // namespace hyperslab::engine
