#include "engine/write/chunk_writer.hpp"

#include <cstring>
#include <string>

#include "engine/facts/io_stats.hpp"
#include "engine/plan/element_fill.hpp"
#include "filter/format/scratch.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

using selection::ChunkRun;

/// What a thread needs while it makes chunks.
struct ThreadBuffers {
    filter::GrowingBuffer chunk;
    filter::GrowingBuffer converted;
    filter::EncodeScratch encoding;
    filter::Scratch decoding;

    void trim() {
        chunk.trim();
        converted.trim();
        encoding.trim();
        decoding.trim();
    }
};

ThreadBuffers& buffers() {
    thread_local ThreadBuffers buffers;
    return buffers;
}

void copy_pieces(const ChunkRun& run, const std::byte* from, std::size_t size, std::byte* chunk) {
    const std::size_t piece = run.length * size;
    std::byte* to = chunk + run.from * size;
    for (std::uint64_t i = 0; i < run.pieces; ++i) {
        std::memcpy(to, from + i * piece, piece);
        to += run.step * size;
    }
}

}  // namespace

bool ChunkWriter::is_whole(std::size_t i) const {
    return target_.parts.is_covered(i) && source_.conversion.fills_elements();
}

std::vector<std::byte> ChunkWriter::elements(std::size_t i) const {
    std::vector<std::byte> chunk(target_.facts.chunk_bytes);
    ElementFill{target_.fill_value}(chunk);
    gather(i, chunk.data());
    return chunk;
}

void ChunkWriter::make(std::size_t i,
                       const std::optional<StoredBytes>& before,
                       StoredBytes& made,
                       const Amend& amend) const {
    try {
        make_chunk(i, before, made, amend);
        buffers().trim();
    } catch (const Error& error) {
        throw Error(error.code(),
                    "chunk at " + to_string(target_.parts.chunk_offset(i)) + ": " + error.what(),
                    error.system_errno());
    }
}

void ChunkWriter::make_chunk(std::size_t i,
                             const std::optional<StoredBytes>& before,
                             StoredBytes& made,
                             const Amend& amend) const {
    const std::size_t bytes = target_.facts.chunk_bytes;
    if (source_.conversion.is_copy() && is_whole(i) && !target_.parts.is_cut(i)) {
        if (const auto at = target_.parts.whole_chunk_at(i)) {
            encode({source_.memory + *at * source_.conversion.from_size(), bytes}, made);
            return;
        }
    }
    const std::span<std::byte> chunk = buffers().chunk.of_size(bytes);
    if (before) {
        decode(i, *before, chunk);
    } else if (!is_whole(i) || target_.parts.is_cut(i)) {
        ElementFill{target_.fill_value}(chunk);
    }
    if (amend) {
        amend(chunk);
    }
    gather(i, chunk.data());
    encode(chunk, made);
}

void ChunkWriter::encode(std::span<const std::byte> chunk, StoredBytes& made) const {
    const filter::EncodedChunk encoded = target_.filters.encode(chunk, buffers().encoding);
    IoStats& stats = io_stats();
    stats.encoded_chunks.fetch_add(1, std::memory_order_relaxed);
    stats.encoded_bytes.fetch_add(chunk.size(), std::memory_order_relaxed);
    stats.stored_bytes.fetch_add(encoded.bytes.size(), std::memory_order_relaxed);
    made.bytes.assign(encoded.bytes.begin(), encoded.bytes.end());
    made.skipped = encoded.skipped;
}

void ChunkWriter::decode(std::size_t i,
                         const StoredBytes& stored,
                         std::span<std::byte> chunk) const {
    io_stats().rewritten_chunks.fetch_add(1, std::memory_order_relaxed);
    if (target_.facts.pipeline) {
        const std::size_t inside = target_.parts.span_inside(i) * target_.facts.element_size;
        target_.facts.pipeline->decode(
            stored.bytes, stored.skipped, chunk, buffers().decoding, inside);
        return;
    }
    if (stored.bytes.size() != chunk.size()) {
        throw Error(ErrorCode::io, "it has another size in the file than it should");
    }
    std::memcpy(chunk.data(), stored.bytes.data(), chunk.size());
}

// Elements are converted side by side, and spread where they lie apart.
void ChunkWriter::gather(std::size_t i, std::byte* chunk) const {
    const datatype::Conversion& conversion = source_.conversion;
    const std::size_t from_size = conversion.from_size();
    const std::size_t to_size = conversion.to_size();
    target_.parts.for_each_run(i, [&](const ChunkRun& run) {
        const std::byte* const from = source_.memory + run.to * from_size;
        if (conversion.is_copy()) {
            copy_pieces(run, from, to_size, chunk);
        } else if (run.pieces == 1) {
            conversion(from, chunk + run.from * to_size, run.length);
        } else {
            gather_apart(run, from, chunk);
        }
    });
}

void ChunkWriter::gather_apart(const ChunkRun& run, const std::byte* from, std::byte* chunk) const {
    const datatype::Conversion& conversion = source_.conversion;
    const std::size_t to_size = conversion.to_size();
    if (conversion.fills_elements()) {
        const std::span<std::byte> converted = buffers().converted.of_size(run.count() * to_size);
        conversion(from, converted.data(), run.count());
        copy_pieces(run, converted.data(), to_size, chunk);
        return;
    }
    const std::size_t piece = run.length * conversion.from_size();
    for (std::uint64_t i = 0; i < run.pieces; ++i) {  // what is between the fields stays as it is
        conversion(from + i * piece, chunk + (run.from + i * run.step) * to_size, run.length);
    }
}

}  // namespace hyperslab::engine
