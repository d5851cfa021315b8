#include "object/repack/chunks.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "filter/encode/scratch.hpp"
#include "filter/format/scratch.hpp"
#include "hdf5/api/h5d.hpp"
#include "object/repack/stored_parts.hpp"
#include "selection/chunks.hpp"
#include "selection/grid.hpp"

namespace hyperslab::object {
namespace {

namespace h5d = hdf5::h5d;
using engine::OpenDataset;
using h5d::IndexedChunk;

// What is read before the first of it has to be stored, in bytes of decoded chunks.
constexpr std::uint64_t kBatchBytes = 32U << 20;
// What is read by one call, where chunks lie side by side, and what is read before the first of it
// has to be stored: little enough to stay in the processor's cache.
constexpr std::uint64_t kRunBytes = 1U << 20;
constexpr std::uint64_t kCopiedBytes = 4U << 20;

/// The chunks in the order in which they lie in the file, which is how they are read.
std::vector<IndexedChunk> by_address(OpenDataset& dataset) {
    std::vector<IndexedChunk> chunks =
        h5d::stored_chunks(dataset.id(), dataset.extent()->dims, dataset.creation().chunk);
    std::ranges::sort(chunks, {}, &IndexedChunk::address);
    return chunks;
}

template <class Function>
void naming(const Shape& offset, Function&& function) {
    try {
        function();
    } catch (const Error& error) {
        throw Error(error.code(),
                    "chunk at " + to_string(offset) + ": " + error.what(),
                    error.system_errno());
    }
}

/// Chunks that lie side by side.
struct Run {
    std::size_t first, count;
    std::uint64_t bytes;
};

std::vector<Run> runs_of(const std::vector<IndexedChunk>& chunks) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        if (!runs.empty()) {
            Run& last = runs.back();
            if (chunks[last.first].address + last.bytes == chunks[i].address &&
                last.bytes + chunks[i].size <= kRunBytes) {
                ++last.count;
                last.bytes += chunks[i].size;
                continue;
            }
        }
        runs.push_back({i, 1, chunks[i].size});
    }
    return runs;
}

// The next part of a list whose turns may be made before the first is taken.
template <class Bytes>
std::size_t batch_end(std::size_t first, std::size_t count, std::uint64_t most, Bytes&& bytes) {
    std::size_t end = first;
    std::uint64_t sum = 0;
    while (end < count && (end < first + 2 * core::thread_count() || sum < most)) {
        sum += bytes(end++);
    }
    return end;
}

void copy_as_they_are(Repacking& work, OpenDataset& source, OpenDataset& target) {
    const std::vector<IndexedChunk> chunks = by_address(source);
    const std::vector<Run> runs = runs_of(chunks);
    const selection::Grid grid(source.extent()->dims, source.creation().chunk);
    std::vector<std::vector<std::byte>> read;  // it is used again, because fresh memory is slow
    for (std::size_t first = 0; first < runs.size();) {
        const std::size_t end = batch_end(
            first, runs.size(), kCopiedBytes, [&](std::size_t i) { return runs[i].bytes; });
        read.resize(std::max(read.size(), end - first));
        const auto fetch = [&](std::size_t i) {
            const Run& run = runs[first + i];
            naming(grid.offset(chunks[run.first].number), [&] {
                const std::size_t size = core::checked_size(run.bytes);
                read[i].resize(std::max(read[i].size(), size));
                work.bytes->read(chunks[run.first].address, std::span(read[i]).first(size));
            });
        };
        const auto store = [&](std::size_t i) {
            const Run& run = runs[first + i];
            const std::byte* from = read[i].data();
            for (std::size_t c = run.first; c < run.first + run.count; ++c) {
                h5d::write_chunk(target.id(),
                                 grid.offset(chunks[c].number),
                                 chunks[c].filter_mask,
                                 from,
                                 chunks[c].size);
                from += chunks[c].size;
            }
            work.report.copied_chunks += run.count;
            work.progress.advance(run.bytes);
        };
        core::ordered_for(end - first, fetch, store);
        first = end;
    }
}

/// What a thread needs while it encodes chunks anew.
struct ThreadBuffers {
    filter::GrowingBuffer stored;
    filter::GrowingBuffer chunk;
    filter::EncodeScratch encoding;
    filter::Scratch decoding;

    void trim() {
        stored.trim();
        chunk.trim();
        encoding.trim();
        decoding.trim();
    }
};

ThreadBuffers& buffers() {
    thread_local ThreadBuffers buffers;
    return buffers;
}

/// A chunk of the new file.
struct NewChunk {
    std::vector<std::byte> bytes;
    unsigned skipped = 0;
};

class Recoding {
public:
    Recoding(Repacking& work, OpenDataset& source, OpenDataset& target)
        : work_(work),
          source_(source.stored(engine::Planning::to_know)),
          target_(target.stored(engine::Planning::to_know)),
          encoding_(target_->encoding(target)),
          target_id_(target.id()),
          all_(Selection::all(source.extent()->dims), source.creation().chunk),
          chunks_(by_address(source)),
          grid_(source.extent()->dims, source.creation().chunk) {}

    bool is_possible() const { return encoding_.filters().refusal().empty(); }

    void run() {
        const std::uint64_t size = source_->facts().chunk_bytes;
        if (encoding_.wants_tuning(chunks_.size() * size)) {
            encoding_.tune(decoded(chunks_[chunks_.size() / 2]));
        }
        for (std::size_t first = 0; first < chunks_.size();) {
            const std::size_t end =
                batch_end(first, chunks_.size(), kBatchBytes, [&](std::size_t) { return size; });
            std::vector<NewChunk> made(end - first);
            core::ordered_for(
                end - first,
                [&](std::size_t i) { made[i] = recoded(chunks_[first + i]); },
                [&](std::size_t i) {
                    store(chunks_[first + i], made[i]);
                    made[i] = {};
                });
            first = end;
        }
    }

private:
    std::span<const std::byte> decoded(const IndexedChunk& chunk) const {
        std::span<const std::byte> result;
        naming(grid_.offset(chunk.number), [&] { result = decode(chunk); });
        return result;
    }

    std::span<const std::byte> decode(const IndexedChunk& chunk) const {
        const engine::StorageFacts& facts = source_->facts();
        const std::span<std::byte> bytes = buffers().chunk.of_size(facts.chunk_bytes);
        if (!facts.pipeline) {
            work_.bytes->read(chunk.address, bytes);
            return bytes;
        }
        const std::span<std::byte> stored =
            buffers().stored.of_size(core::checked_size(chunk.size));
        work_.bytes->read(chunk.address, stored);
        const std::size_t inside =
            all_.span_inside(core::checked_size(chunk.number)) * facts.element_size;
        facts.pipeline->decode(stored, chunk.filter_mask, bytes, buffers().decoding, inside);
        return bytes;
    }

    NewChunk recoded(const IndexedChunk& chunk) const {
        const std::span<const std::byte> elements = decoded(chunk);
        const filter::EncodedChunk made = encoding_.filters().encode(elements, buffers().encoding);
        NewChunk result{{made.bytes.begin(), made.bytes.end()}, made.skipped};
        buffers().trim();
        return result;
    }

    void store(const IndexedChunk& chunk, const NewChunk& made) {
        h5d::write_chunk(target_id_,
                         grid_.offset(chunk.number),
                         made.skipped,
                         made.bytes.data(),
                         made.bytes.size());
        ++work_.report.encoded_chunks;
        work_.progress.advance(chunk.size);
    }

    Repacking& work_;
    std::shared_ptr<engine::StoredDataset> source_;
    std::shared_ptr<engine::StoredDataset> target_;
    engine::ChunkEncoding& encoding_;
    hdf5::Id target_id_;
    selection::ChunkedSelection all_;
    std::vector<IndexedChunk> chunks_;
    selection::Grid grid_;
};

bool is_understood(OpenDataset& dataset) {
    return dataset.stored(engine::Planning::to_know)->facts().refusal == engine::Refusal::none;
}

bool has_chunks_as_before(OpenDataset& source, OpenDataset& target) {
    return source.layout() == h5d::Layout::chunked && target.layout() == h5d::Layout::chunked &&
           source.creation().chunk == target.creation().chunk &&
           !source.creation().cut_chunks_are_raw && !target.creation().cut_chunks_are_raw &&
           has_listable_chunks(source);
}

}  // namespace

bool copy_chunks(Repacking& work, OpenDataset& source, OpenDataset& target, bool as_they_are) {
    if (work.bytes == nullptr || !has_chunks_as_before(source, target)) {
        return false;
    }
    if (as_they_are) {
        copy_as_they_are(work, source, target);
        return true;
    }
    if (!is_understood(source) || !is_understood(target)) {
        return false;
    }
    Recoding recoding(work, source, target);
    if (!recoding.is_possible()) {
        return false;
    }
    recoding.run();
    return true;
}

}  // namespace hyperslab::object
