#include "engine/write/direct_write.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "engine/write/chunk_writer.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
using selection::ChunkedSelection;

// Chunks that are made before the first of them has to be stored: enough for all threads, and not
// much memory.
constexpr std::uint64_t kBatchBytes = 32U << 20;
constexpr std::size_t kMaxBatch = 1024;
// Looking at a chunk takes as long as writing a few megabytes; this many bytes pay for it.
constexpr std::uint64_t kTuningBytes = 24U << 20;

// Asking how a dataset is stored takes longer than libhdf5 takes to write fewer bytes.
constexpr std::uint64_t kSmallBytes = 4U << 10;

bool is_small(const Request& request) {
    const std::uint64_t elements = request.selection.element_count();
    return elements < kSmallBytes && elements * hdf5::h5t::size(request.memory_type) < kSmallBytes;
}

struct WritePlan {
    std::shared_ptr<StoredDataset> stored;
    ChunkEncoding& encoding;
    std::shared_ptr<const datatype::Conversion> conversion;
    ChunkedSelection parts;
};

bool is_regular_or_list(const Selection& selection) {
    return selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab ||
           selection.kind() == SelectionKind::list;
}

ChunkWriter writer_of(const WritePlan& plan, const void* memory) {
    return {{plan.stored->facts(), plan.encoding.filters(), plan.parts, plan.encoding.fill_value()},
            {*plan.conversion, static_cast<const std::byte*>(memory)}};
}

// What libhdf5 holds of a chunk without filters may have no place in the file yet, which nothing
// but reading it tells. So their parts are libhdf5's to write.
bool writes_in_part(const WritePlan& plan, const ChunkWriter& writer) {
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        if (!writer.is_whole(i)) {
            return true;
        }
    }
    return false;
}

// Whether libhdf5's chunk cache would serve the program better: it keeps what is written in part,
// or again, and encodes it once, as long as it has room for it. Where half of the chunks' elements
// or more are written, most chunks are encoded twice at most, which several cores do sooner.
bool is_better_cached(const WritePlan& plan,
                      const ChunkWriter& writer,
                      std::uint64_t written_elements) {
    const StorageFacts& facts = plan.stored->facts();
    const std::size_t chunks = plan.parts.size();
    if (chunks > facts.cache_bytes / std::max<std::size_t>(facts.chunk_bytes, 1)) {
        return false;
    }
    std::size_t in_part = 0;
    std::size_t again = 0;
    for (std::size_t i = 0; i < chunks; ++i) {
        in_part += writer.is_whole(i) ? 0 : 1;
        again += plan.encoding.written().contains(plan.parts.number(i)) ? 1 : 0;
    }
    const std::uint64_t held = chunks * facts.chunk_bytes / facts.element_size;
    const bool little = in_part == chunks || written_elements * 2 < held;
    return (2 * in_part > chunks && little) || 2 * again > chunks;
}

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

    // libhdf5 keeps the old filter mask where a chunk is replaced by one of the same size, and
    // could not read the new one. So such a chunk gets another size in between.
    /// \param before  what find() said, where it was asked
    void replace(const Shape& offset,
                 StoredBytes& chunk,
                 const std::optional<StoredBytes>& before) const {
        if (is_filtered_ && h5d::chunk_storage_size_or_0(dataset_, offset) == chunk.bytes.size() &&
            (before ? before->skipped : find(offset)->skipped) != chunk.skipped) {
            chunk.bytes.push_back(std::byte{0});
            write(offset, chunk);
            chunk.bytes.pop_back();
        }
        write(offset, chunk);
    }

private:
    void write(const Shape& offset, const StoredBytes& chunk) const {
        h5d::write_chunk(dataset_, offset, chunk.skipped, chunk.bytes.data(), chunk.bytes.size());
    }

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
            store.replace(plan.parts.chunk_offset(first + i), made[i], before[i]);
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

Refusal refusal_of(const Request& request, const StorageFacts& facts) {
    if (facts.refusal != Refusal::none) {
        return facts.refusal;
    }
    if (facts.heap) {
        return Refusal::variable_length;
    }
    if (facts.cut_chunks_are_raw) {
        return Refusal::filter;
    }
    const std::shared_ptr<const Extent> extent = request.dataset.extent();
    return std::ranges::equal(extent->dims, request.selection.extent()) ? Refusal::none
                                                                        : Refusal::resized;
}

}  // namespace

Refusal try_direct_write(const Request& request, const void* memory, bool eager) {
    if (request.selection.element_count() == 0 || !is_regular_or_list(request.selection)) {
        return Refusal::small;
    }
    if (request.dxpl != hdf5::kDefault) {
        return Refusal::transfer_properties;
    }
    const hdf5::LockGuard guard;
    OpenDataset& dataset = request.dataset;
    if (dataset.creation().layout != h5d::Layout::chunked ||
        (!eager && (dataset.creation().stages.empty() || is_small(request)))) {
        return Refusal::small;
    }
    std::shared_ptr<StoredDataset> stored = dataset.stored(Planning::to_read);
    if (const Refusal refusal = refusal_of(request, stored->facts()); refusal != Refusal::none) {
        return refusal;
    }
    ChunkEncoding& encoding = stored->encoding(dataset);
    const filter::EncodePipeline& filters = encoding.filters();
    if (!filters.refusal().empty() || (filters.may_skip() && !h5d::keeps_filter_masks())) {
        return Refusal::filter;
    }
    auto conversion = encoding.conversion(dataset, request.memory_type);
    if (conversion == nullptr) {
        return Refusal::conversion;
    }
    const WritePlan plan{stored,
                         encoding,
                         std::move(conversion),
                         ChunkedSelection(request.selection, stored->facts().chunk)};
    const ChunkWriter writer = writer_of(plan, memory);
    if (dataset.creation().stages.empty() && writes_in_part(plan, writer)) {
        return Refusal::small;
    }
    if (!eager && is_better_cached(plan, writer, request.selection.element_count())) {
        return Refusal::small;
    }
    try {
        carry_out(plan, writer, dataset);
    } catch (const NotMade&) {
        io_stats().failed_writes.fetch_add(1, std::memory_order_relaxed);
        return Refusal::filter;
    }
    return Refusal::none;
}

}  // namespace hyperslab::engine
