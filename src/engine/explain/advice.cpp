#include "engine/explain/advice.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/checked.hpp"
#include "core/dialect.hpp"
#include "core/thread_pool.hpp"
#include "engine/explain/size_text.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {
namespace {

using selection::ChunkedSelection;

// Advice on chunk shapes is given when chunks give this many times the wanted bytes, and at least
// this many bytes.
constexpr double kAmplified = 4;
constexpr std::uint64_t kNoticed = 1U << 20;
// The number of bytes of a chunk below which smaller chunks cost about the same.
constexpr std::uint64_t kSmallChunk = 64U << 10;
constexpr std::uint64_t kLargeChunk = 4U << 20;
constexpr std::uint64_t kSharedChunk = 1U << 20;
// The number of decoded bytes from which on the codec matters.
constexpr std::uint64_t kLongDecoding = 32U << 20;

std::uint64_t elements_of(const Shape& shape) { return core::checked_product(shape); }

// Cuts a shape along its first axes until it has at most `most` elements.
void shrink(Shape& shape, std::uint64_t most) {
    for (std::uint64_t& length : shape) {
        const std::uint64_t now = elements_of(shape);
        if (now <= most) {
            return;
        }
        const std::uint64_t times = (now + most - 1) / most;
        length = std::max<std::uint64_t>(length / times, 1);
    }
}

// Lengthens a shape along its last axes while it has fewer than `least` elements.
void grow(Shape& shape, std::span<const std::uint64_t> extent, std::uint64_t least) {
    for (std::size_t d = shape.size(); d-- > 0;) {
        const std::uint64_t times = least / elements_of(shape);
        shape[d] = std::min(extent[d], shape[d] * std::max<std::uint64_t>(times, 1));
    }
}

Shape shape_like(const Selection& selection, std::uint64_t elements) {
    const Shape lengths = selection.memory_shape();
    Shape shape(lengths.size());
    for (std::size_t d = 0; d < lengths.size(); ++d) {
        shape[d] = std::max<std::uint64_t>(lengths[d], 1);
    }
    shrink(shape, elements);
    grow(shape, selection.extent(), elements);
    return shape;
}

// The number of elements of all chunks that are touched.
std::uint64_t gone_through(const Selection& selection, const Shape& chunk) {
    return core::checked_multiply(ChunkedSelection(selection, chunk).size(), elements_of(chunk));
}

void add(ReadExplanation& told, const char* about, std::string text, Shape chunk_shape = {}) {
    told.advice.push_back({about, std::move(text), std::move(chunk_shape)});
}

void advise_chunk_shape(const AdviceFacts& facts, ReadExplanation& told) {
    if (told.filters.empty() || told.amplification.value_or(0) < kAmplified ||
        told.decoded_bytes.value_or(0) < kNoticed) {
        return;
    }
    const Shape shape = suggest_chunk_shape(facts.selection, told.chunk_shape, facts.element_size);
    if (!shape.empty()) {
        add(told,
            "chunk_shape",
            "Chunks are read across: of " + size_text(*told.decoded_bytes) +
                " decoded this read wants " + size_text(told.elements * facts.element_size) +
                ". With chunks of " + to_string(shape) + " it would decode " +
                size_text(gone_through(facts.selection, shape) * facts.element_size) + ".",
            shape);
    }
}

void advise_one_chunk(const AdviceFacts& facts, ReadExplanation& told) {
    if (told.filters.empty() || told.chunks != 1 || told.decoded_bytes.value_or(0) < kLargeChunk ||
        core::thread_count() == 1 || told.amplification.value_or(0) >= kAmplified) {
        return;
    }
    Shape shape = told.chunk_shape;
    shrink(shape, kSharedChunk / facts.element_size);
    add(told,
        "one_chunk",
        "All of it lies in one chunk of " + size_text(facts.chunk_bytes) +
            ", which one thread decodes. Chunks of " + to_string(shape) +
            " would be decoded by several.",
        shape);
}

void advise_cache(const AdviceFacts& facts, ReadExplanation& told) {
    if (told.engine != "direct" || told.filters.empty() || !facts.partial_chunks) {
        return;
    }
    const std::uint64_t needed = *told.stored_chunks * facts.chunk_bytes;
    if (needed > std::max(facts.cache_bytes, facts.cache_bytes == 0 ? 0 : facts.chunk_bytes) &&
        *told.decoded_bytes >= kNoticed) {
        add(told,
            "chunk_cache",
            "A read of what lies beside would decode these chunks again: decoded they take " +
                size_text(needed) + ", and the chunk cache holds " + size_text(facts.cache_bytes) +
                ". Opened with " + core::say("cache.bytes = ", "rdcc_nbytes=") +
                std::to_string(needed) + " it would not.");
    }
}

// The codecs that take less time on the same numbers (shuffled floats, on one machine).
const char* quicker_than(const Filter& filter) {
    switch (filter.id) {
        case filter_id::kSzip:
            return "deflate after shuffle takes a fraction of it";
        case filter_id::kDeflate:
            return "where the file may be larger, the filters lz4 and bitshuffle (in Python of the "
                   "package hdf5plugin) take about half of it";
        default:
            return nullptr;
    }
}

void advise_slow_filter(ReadExplanation& told) {
    if (told.engine != "direct" || told.decoded_bytes.value_or(0) < kLongDecoding) {
        return;
    }
    for (const Filter& filter : told.filters) {
        if (const char* const quicker = quicker_than(filter)) {
            add(told,
                "slow_filter",
                "Most of the time goes into " + filter.name + ": " + quicker + ".");
        }
    }
}

struct Remedy {
    Refusal refusal;
    const char* in_cpp;
    const char* in_python;
};

// The filters that the reader could do without.
constexpr Remedy kRemedies[] = {
    {Refusal::forced,
     "Without HYPERSLAB_ENGINE the faster engine would read.",
     "set_engine('automatic'), or no HYPERSLAB_ENGINE, lets the faster engine read."},
    {Refusal::transfer_properties,
     "Without a transfer property list of its own it would be read past libhdf5.",
     nullptr},
    {Refusal::virtual_layout,
     "The datasets that it is made of can be read past libhdf5, each by itself.",
     nullptr},
    {Refusal::external_files, "Stored in the file itself it would be read past libhdf5.", nullptr},
    {Refusal::chunk_index,
     "In a file made with FormatVersion::earliest it would be read past libhdf5.",
     "In a file made with libver='earliest' it would be read past libhdf5."},
    {Refusal::no_fill_value,
     "Created with FillTime::if_set and a fill value it would be read past libhdf5.",
     "Created with fill_time='ifset' and a fill value it would be read past libhdf5."},
    {Refusal::fill_value_in_heap,
     "Without that fill value, or with all elements written, it would be read past libhdf5.",
     nullptr},
    {Refusal::driver, "Opened with the default driver it would be read past libhdf5.", nullptr},
    {Refusal::swmr,
     "When nobody writes any more, a file opened without FileOptions::swmr is read past libhdf5.",
     "When nobody writes any more, a file opened without swmr=True is read past libhdf5."},
    {Refusal::page_buffer,
     "Opened for reading only, or without a page buffer, it would be read past libhdf5.",
     "Opened for reading only, or without page_buf_size, it would be read past libhdf5."},
};

void advise_engine(const AdviceFacts& facts, ReadExplanation& told) {
    for (const Remedy& remedy : kRemedies) {
        if (remedy.refusal == facts.refusal) {
            const bool alike = remedy.in_python == nullptr;
            add(told, "engine", alike ? remedy.in_cpp : core::say(remedy.in_cpp, remedy.in_python));
        }
    }
    if (facts.refusal == Refusal::conversion) {
        add(told,
            "conversion",
            "Only libhdf5 converts " + told.type + " to " + told.memory_type + ". Read as " +
                told.type + " and converted in memory it would be read past libhdf5.");
    }
    if (facts.refusal == Refusal::filter) {
        add(told,
            "filter",
            "libhdf5 decodes one chunk after the other, on one thread. deflate, lzf, szip, zstd, "
            "lz4, bitshuffle and blosc are decoded past it, on all cores.");
    }
}

}  // namespace

Shape suggest_chunk_shape(const Selection& selection,
                          const Shape& chunk,
                          std::size_t element_size) {
    if (selection.kind() == SelectionKind::points) {
        return {};
    }
    const std::uint64_t now = gone_through(selection, chunk);
    const std::uint64_t small = std::max<std::uint64_t>(kSmallChunk / element_size, 1);
    for (const std::uint64_t elements : {std::max(elements_of(chunk), small), small}) {
        Shape shape = shape_like(selection, elements);
        if (gone_through(selection, shape) <= now / 2) {
            return shape;
        }
    }
    return {};
}

void add_advice(const AdviceFacts& facts, ReadExplanation& told) {
    advise_engine(facts, told);
    advise_chunk_shape(facts, told);
    advise_one_chunk(facts, told);
    advise_cache(facts, told);
    advise_slow_filter(told);
}

}  // namespace hyperslab::engine
