#include "engine/write/direct_write.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "engine/write/chunk_writer.hpp"
#include "engine/write/plan_write.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5d_replace.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;

// Chunks that are made before the first of them has to be stored: enough for all threads, and not
// much memory.
constexpr std::uint64_t kBatchBytes = 32U << 20;
constexpr std::size_t kMaxBatch = 1024;
// Looking at a chunk takes as long as writing a few megabytes; this many bytes pay for it.
constexpr std::uint64_t kTuningBytes = 24U << 20;

/// The chunks that are in the file: what they hold, and new ones in their place.
class ChunkStore {
public:
    ChunkStore(hdf5::Id dataset, bool is_filtered) : dataset_(dataset), is_filtered_(is_filtered) {}

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
        const auto write = is_filtered_ ? &h5d::replace_chunk : &h5d::write_chunk;
        write(dataset_,
              offset,
              chunk.skipped,
              chunk.bytes.data(),
              chunk.bytes.size(),
              hdf5::kDefault);
    }

private:
    hdf5::Id dataset_;
    bool is_filtered_;
};

/// What could not be made: nothing is wrong with the file yet, so libhdf5 may try.
struct NotMade : std::exception {};

void write_batch(const WritePlan& plan,
                 const ChunkWriter& writer,
                 const ChunkStore& store,
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
                made[i] = writer.make(first + i, before[i]);
            } catch (const Error&) {
                throw NotMade();
            }
        },
        [&](std::size_t i) {
            store.replace(plan.parts.chunk_offset(first + i), made[i]);
            plan.encoding.written().add(plan.parts.number(first + i));
            made[i] = {};
        });
}

void carry_out(const WritePlan& plan, const ChunkWriter& writer, OpenDataset& dataset) {
    const std::size_t chunks = plan.parts.size();
    if (chunks * plan.stored->facts().chunk_bytes >= kTuningBytes) {
        plan.encoding.tune(writer.elements(chunks / 2));
    }
    const std::size_t batch = std::clamp<std::size_t>(
        kBatchBytes / std::max<std::size_t>(plan.stored->facts().chunk_bytes, 1),
        2 * core::thread_count(),
        kMaxBatch);
    const ChunkStore store(dataset.id(), !dataset.creation().stages.empty());
    for (std::size_t first = 0; first < chunks; first += batch) {
        write_batch(plan, writer, store, first, std::min(batch, chunks - first));
    }
}

}  // namespace

bool try_direct_write(const Request& request, const void* memory, bool eager) {
    const hdf5::LockGuard guard;
    const auto plan = plan_write(request, eager, Planning::to_read);
    if (!plan) {
        return false;
    }
    try {
        carry_out(*plan, plan->writer(memory), request.dataset);
    } catch (const NotMade&) {
        io_stats().failed_writes.fetch_add(1, std::memory_order_relaxed);
        return false;
    }
    return true;
}

}  // namespace hyperslab::engine
