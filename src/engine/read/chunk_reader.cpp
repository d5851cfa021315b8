#include "engine/read/chunk_reader.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "core/checked.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/plan/element_fill.hpp"
#include "engine/plan/element_moves.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

using hdf5::h5d::IndexedChunk;
using selection::ChunkRun;

// The maximum number of bytes between two runs that are read together with them. A call costs as
// much as reading these bytes.
constexpr std::uint64_t kGapBytes = 16U << 10;
// The number of bytes of a window, which stays in a core's cache until it is scattered.
constexpr std::uint64_t kWindowBytes = 256U << 10;
// The maximum number of bytes of a chunk that is kept the first time it is read.
constexpr std::size_t kMaxKeptAtOnceBytes = 64U << 10;

/// What a thread needs while it reads chunks.
struct ThreadBuffers {
    filter::GrowingBuffer stored;
    filter::GrowingBuffer decoded;
    std::vector<ChunkRun> runs;
    filter::Scratch filters;

    void trim() {
        stored.trim();
        decoded.trim();
        filters.trim();
        if (runs.capacity() * sizeof(ChunkRun) > filter::GrowingBuffer::kMaxKeptBytes) {
            runs = {};
        }
    }
};

ThreadBuffers& buffers() {
    thread_local ThreadBuffers buffers;
    return buffers;
}

/// Gathers runs of an unfiltered chunk, so that runs that lie near each other are read with one
/// call: take(begin, end, runs), in bytes of the chunk.
template <class Take>
class Windows {
public:
    Windows(std::size_t element_size, Take take)
        : take_(std::move(take)), size_(element_size), runs_(buffers().runs) {
        runs_.clear();
    }

    void add(const ChunkRun& run) {
        if (run.pieces > 1) {
            add_pieces(run);
        } else {
            add_whole(run);
        }
    }

    void flush() {
        if (!runs_.empty()) {
            take_(begin_, end_, std::span<const ChunkRun>(runs_));
            runs_.clear();
        }
    }

private:
    // Takes a run in parts that fit a window, or piece by piece when the pieces lie far apart.
    void add_pieces(ChunkRun run) {
        const std::uint64_t step = run.step * size_;
        const std::uint64_t most = step > kGapBytes + run.length * size_
                                       ? 1
                                       : std::max<std::uint64_t>(kWindowBytes / step, 1);
        while (run.pieces != 0) {
            ChunkRun part = run;
            part.pieces = std::min(most, run.pieces);
            add_whole(part);
            run.pieces -= part.pieces;
            run.from += part.pieces * run.step;
            run.to += part.count();
        }
    }

    void add_whole(const ChunkRun& run) {
        const std::uint64_t begin = run.from * size_;
        const std::uint64_t end = begin + run.span() * size_;
        if (!runs_.empty() && (begin > end_ + kGapBytes || end > begin_ + kWindowBytes)) {
            flush();
        }
        if (runs_.empty()) {
            begin_ = begin;
            end_ = end;
        }
        end_ = std::max(end_, end);
        runs_.push_back(run);
    }

    Take take_;
    std::size_t size_;
    std::vector<ChunkRun>& runs_;
    std::uint64_t begin_ = 0;
    std::uint64_t end_ = 0;
};

/// Reads a window and moves its runs to the result.
class WindowReader {
public:
    WindowReader(const storage::File& file,
                 std::uint64_t address,
                 const datatype::Conversion& conversion,
                 std::byte* memory,
                 std::uint64_t& scattered)
        : file_(file),
          address_(address),
          conversion_(conversion),
          memory_(memory),
          scattered_(scattered) {}

    void operator()(std::uint64_t begin, std::uint64_t end, std::span<const ChunkRun> runs) const {
        const std::size_t size = conversion_.from_size();
        const ChunkRun& first = runs.front();
        if (runs.size() == 1 && first.pieces == 1 && conversion_.is_copy()) {
            fetch(begin, {memory_ + first.to * size, end - begin});
            return;
        }
        const std::span<std::byte> window = buffers().stored.of_size(end - begin);
        fetch(begin, window);
        scattered_ += window.size();
        const std::byte* const chunk = window.data() - begin;
        with_mover(conversion_, [&](const auto& move) {
            for (const ChunkRun& run : runs) {
                move_run(run, chunk, size, memory_, conversion_.to_size(), move);
            }
        });
    }

private:
    void fetch(std::uint64_t begin, std::span<std::byte> bytes) const {
        file_.read(core::checked_add(address_, begin), bytes);
        io_stats().fetched_bytes.fetch_add(bytes.size(), std::memory_order_relaxed);
    }

    const storage::File& file_;
    std::uint64_t address_;
    const datatype::Conversion& conversion_;
    std::byte* memory_;
    std::uint64_t& scattered_;  // the bytes that went through a window
};

}  // namespace

void ChunkReader::read(std::size_t i) const {
    try {
        read_stored(i);
    } catch (const Error& error) {
        throw Error(error.code(), name_of_chunk(i) + error.what(), error.system_errno());
    }
    buffers().trim();
}

bool ChunkReader::is_filtered(std::size_t i) const {
    return source_.facts.pipeline && !(source_.facts.cut_chunks_are_raw && source_.parts.is_cut(i));
}

// The number of bytes that a chunk must hold. Elements beyond the extent may be missing at its end,
// because some writers leave them out.
std::size_t ChunkReader::bytes_inside(std::size_t i) const {
    return source_.parts.span_inside(i) * source_.facts.element_size;
}

// The address where an unfiltered chunk, or a block of a contiguous dataset, begins. It is empty
// when the chunk was never written.
std::optional<std::uint64_t> ChunkReader::raw_address(std::size_t i) const {
    const StorageFacts& facts = source_.facts;
    if (!facts.chunked) {
        if (!source_.elements.address) {
            return std::nullopt;
        }
        const std::uint64_t before = source_.parts.first_element(i) * facts.element_size;
        return core::checked_add(*source_.elements.address, before);
    }
    const IndexedChunk* const chunk = source_.elements.index.find(source_.parts.number(i));
    if (chunk == nullptr) {
        return std::nullopt;
    }
    if (chunk->size > facts.chunk_bytes || chunk->size < bytes_inside(i)) {
        throw Error(ErrorCode::io,
                    "it has " + std::to_string(chunk->size) + " bytes in the file instead of " +
                        std::to_string(facts.chunk_bytes));
    }
    return chunk->address;
}

void ChunkReader::read_stored(std::size_t i) const {
    if (may_be_cached(i) && scatter_cached(i)) {
        return;
    }
    if (is_filtered(i)) {
        const IndexedChunk* const chunk = source_.elements.index.find(source_.parts.number(i));
        chunk == nullptr ? fill(i) : read_filtered(i, *chunk);
    } else {
        const auto address = raw_address(i);
        address ? read_raw(i, *address) : fill(i);
    }
}

ChunkReader::Cost ChunkReader::cost(std::size_t i) const {
    const std::uint64_t number = source_.parts.number(i);
    if (may_be_cached(i) && source_.cache.contains(number, source_.elements.generation)) {
        return {Chunk::cached, 0, 0};
    }
    if (is_filtered(i)) {
        const IndexedChunk* const chunk = source_.elements.index.find(number);
        return chunk == nullptr ? Cost{}
                                : Cost{Chunk::stored, chunk->size, source_.facts.chunk_bytes};
    }
    if (!raw_address(i)) {
        return {};
    }
    Cost cost{.chunk = Chunk::stored};
    if (is_to_be_kept(i)) {
        cost.fetched = bytes_inside(i);
        return cost;
    }
    Windows windows(target_.conversion.from_size(),
                    [&](std::uint64_t begin, std::uint64_t end, std::span<const ChunkRun>) {
                        cost.fetched += end - begin;
                    });
    gather(i, windows);
    return cost;
}

// Whether the cache can hold all chunks of this read for the next one.
bool ChunkReader::can_be_kept() const { return source_.cache.has_room_for(source_.parts.size()); }

bool ChunkReader::may_be_cached(std::size_t i) const { return is_filtered(i) || can_be_kept(); }

bool ChunkReader::is_to_be_kept(std::size_t i) const {
    return can_be_kept() &&
           (is_to_be_kept_at_once(i) ||
            source_.cache.is_worth_keeping(source_.parts.number(i), source_.elements.generation));
}

// One small chunk of several that must be decoded: images that are read in random order.
bool ChunkReader::is_to_be_kept_at_once(std::size_t i) const {
    return source_.parts.size() == 1 && is_filtered(i) &&
           source_.facts.chunk_bytes <= kMaxKeptAtOnceBytes &&
           source_.elements.index.chunks->size() > 1 &&
           source_.cache.has_free_room(source_.elements.generation);
}

void ChunkReader::keep(std::size_t i, ChunkBytes chunk) const {
    source_.cache.insert(source_.parts.number(i), source_.elements.generation, std::move(chunk));
}

void ChunkReader::note(std::size_t i, std::uint64_t bytes) const {
    if (can_be_kept()) {
        source_.cache.note(source_.parts.number(i), source_.elements.generation, bytes);
    }
}

bool ChunkReader::scatter_cached(std::size_t i) const {
    const ChunkBytes found =
        source_.cache.find(source_.parts.number(i), source_.elements.generation);
    if (found == nullptr) {
        return false;
    }
    io_stats().cached_chunks.fetch_add(1, std::memory_order_relaxed);
    scatter(i, found.get());
    return true;
}

template <class Window>
void ChunkReader::gather(std::size_t i, Window& window) const {
    const datatype::Conversion& conversion = target_.conversion;
    // A run that is converted passes through a window, so it must not be longer than the window.
    const std::uint64_t most =
        conversion.is_copy() ? ~std::uint64_t{0}
                             : std::max<std::uint64_t>(kWindowBytes / conversion.from_size(), 1);
    source_.parts.for_each_run(i, [&](ChunkRun run) {
        for (; run.pieces == 1 && run.length > most; run.length -= most) {
            window.add({run.from, run.to, most, 1, 0});
            run.from += most;
            run.to += most;
        }
        window.add(run);
    });
    window.flush();
}

void ChunkReader::read_raw(std::size_t i, std::uint64_t address) const {
    if (!is_to_be_kept(i)) {
        read_windows(i, address);
        return;
    }
    const std::size_t inside = bytes_inside(i);
    const ChunkBytes chunk = make_chunk_bytes(source_.facts.chunk_bytes);
    source_.elements.file->read(address, {chunk.get(), inside});
    std::fill_n(chunk.get() + inside, source_.facts.chunk_bytes - inside, std::byte{0});
    io_stats().fetched_bytes.fetch_add(inside, std::memory_order_relaxed);
    scatter(i, chunk.get());
    keep(i, chunk);
}

void ChunkReader::read_windows(std::size_t i, std::uint64_t address) const {
    std::uint64_t scattered = 0;
    Windows windows(
        target_.conversion.from_size(),
        WindowReader(
            *source_.elements.file, address, target_.conversion, target_.memory, scattered));
    gather(i, windows);
    if (scattered != 0) {  // a column, for instance, whose neighbour needs the same bytes
        note(i, scattered);
    }
}

void ChunkReader::decode(std::size_t i,
                         const IndexedChunk& chunk,
                         std::span<std::byte> output) const {
    // Filters that make a chunk longer make it only a little longer.
    if (chunk.size / 16 > output.size() + kGapBytes) {
        throw Error(ErrorCode::io,
                    "it claims " + std::to_string(chunk.size) + " bytes in the file");
    }
    ThreadBuffers& mine = buffers();
    const std::span<std::byte> stored = mine.stored.of_size(core::checked_size(chunk.size));
    source_.elements.file->read(chunk.address, stored);
    io_stats().fetched_bytes.fetch_add(stored.size(), std::memory_order_relaxed);
    source_.facts.pipeline->decode(
        stored, chunk.filter_mask, output, mine.filters, bytes_inside(i));
    io_stats().decoded_bytes.fetch_add(output.size(), std::memory_order_relaxed);
}

void ChunkReader::read_filtered(std::size_t i, const IndexedChunk& chunk) const {
    const bool covered = source_.parts.is_covered(i);
    if (covered ? !is_to_be_kept(i) : !source_.cache.enabled()) {
        read_once(i, chunk);
        if (covered) {
            note(i, source_.facts.chunk_bytes);
        }
        return;
    }
    const std::size_t size = source_.facts.chunk_bytes;
    const ChunkBytes decoded = make_chunk_bytes(size);
    decode(i, chunk, {decoded.get(), size});
    scatter(i, decoded.get());
    keep(i, decoded);
}

void ChunkReader::read_once(std::size_t i, const IndexedChunk& chunk) const {
    const std::size_t size = source_.facts.chunk_bytes;
    if (source_.parts.is_covered(i) && target_.conversion.is_copy()) {
        if (const auto to = source_.parts.whole_chunk_at(i)) {
            decode(i, chunk, {target_.memory + *to * target_.conversion.to_size(), size});
            return;
        }
    }
    const std::span<std::byte> decoded = buffers().decoded.of_size(size);
    decode(i, chunk, decoded);
    scatter(i, decoded.data());
}

void ChunkReader::scatter(std::size_t i, const std::byte* chunk) const {
    const std::size_t from_size = target_.conversion.from_size();
    const std::size_t to_size = target_.conversion.to_size();
    with_mover(target_.conversion, [&](const auto& move) {
        source_.parts.for_each_run(i, [&](const ChunkRun& run) {
            move_run(run, chunk, from_size, target_.memory, to_size, move);
        });
    });
}

void ChunkReader::fill(std::size_t i) const {
    const ElementFill fill_with(target_.fill_value);
    if (fill_with.is_zero() && target_.is_zeroed) {
        return;
    }
    const std::size_t size = target_.fill_value.size();
    source_.parts.for_each_run(i, [&](const ChunkRun& run) {
        fill_with({target_.memory + run.to * size, run.count() * size});
    });
}

std::string ChunkReader::name_of_chunk(std::size_t i) const {
    if (!source_.facts.chunked) {
        return {};
    }
    return "chunk at " + to_string(source_.parts.chunk_offset(i)) + ": ";
}

}  // namespace hyperslab::engine
