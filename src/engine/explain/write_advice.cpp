#include "engine/explain/write_advice.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/checked.hpp"
#include "core/dialect.hpp"
#include "core/thread_pool.hpp"
#include "engine/explain/size_text.hpp"

namespace hyperslab::engine {
namespace {

// Advice on parts of chunks is given when this many times the given bytes are encoded, and at least
// this many bytes.
constexpr double kAmplified = 2;
constexpr std::uint64_t kNoticed = 1U << 20;
// A chunk of so many bytes is worth being encoded by several threads, as chunks of so many.
constexpr std::uint64_t kLargeChunk = 4U << 20;
constexpr std::uint64_t kSharedChunk = 1U << 20;

void add(WriteExplanation& told, const char* about, std::string text, Shape chunk_shape = {}) {
    told.advice.push_back({about, std::move(text), std::move(chunk_shape)});
}

struct Remedy {
    const char* refusal;
    const char* in_cpp;
    const char* in_python;
};

constexpr Remedy kRemedies[] = {
    {"forced",
     "Without HYPERSLAB_ENGINE the faster engine would write.",
     "set_engine('automatic'), or no HYPERSLAB_ENGINE, lets the faster engine write."},
    {"transfer_properties",
     "Without a transfer property list of its own it would be encoded past libhdf5.",
     nullptr},
    {"driver", "Opened with the default driver it would be encoded past libhdf5.", nullptr},
    {"page_buffer",
     "Opened without a page buffer it would be encoded past libhdf5.",
     "Opened without page_buf_size it would be encoded past libhdf5."},
    {"filter",
     "libhdf5 encodes one chunk after the other, on one thread. deflate, lzf, szip, zstd, lz4, "
     "bitshuffle and blosc are encoded past it, on all cores.",
     nullptr},
    {"scattered",
     "A regular selection, or a list of rows, would be encoded past libhdf5.",
     nullptr},
};

void advise_engine(const WriteAdviceFacts& facts, WriteExplanation& told) {
    if (facts.dataset.filters.empty()) {
        return;  // nothing is encoded, and libhdf5 stores as quickly
    }
    for (const Remedy& remedy : kRemedies) {
        if (told.refusal == remedy.refusal) {
            const bool alike = remedy.in_python == nullptr;
            add(told, "engine", alike ? remedy.in_cpp : core::say(remedy.in_cpp, remedy.in_python));
        }
    }
}

void advise_conversion(WriteExplanation& told) {
    if (told.refusal == "conversion") {
        add(told,
            "conversion",
            "Only libhdf5 converts " + told.memory_type + " to " + told.type +
                ". Values that are " + told.type + " already would be encoded past libhdf5.");
    } else if (told.conversion == "library" && told.value_bytes >= kNoticed) {
        add(told,
            "conversion",
            size_text(told.value_bytes) + " of " + told.memory_type + " are converted to " +
                told.type + " first. Values that are " + told.type +
                " already are stored as they are.");
    }
}

// What is written of chunks for the first time is not read, but later parts of them will be.
std::string what_parts_cost(const WriteExplanation& told) {
    if (*told.rewritten_chunks != 0) {
        return "Parts of " + std::to_string(*told.rewritten_chunks) +
               " chunks are written, so each of them is decoded and encoded again: ";
    }
    return "Parts of " + std::to_string(*told.partial_chunks) +
           " new chunks are written. When their other parts follow, each of them is decoded and "
           "encoded again: ";
}

void advise_partial_chunks(const WriteAdviceFacts& facts, WriteExplanation& told) {
    if (!told.rewritten_chunks || told.partial_chunks.value_or(0) == 0 ||
        told.amplification.value_or(0) < kAmplified || told.encoded_bytes.value_or(0) < kNoticed) {
        return;
    }
    const std::uint64_t needed = *told.chunks * facts.dataset.chunk_bytes;
    const bool fits = needed <= facts.dataset.cache_bytes;
    if (fits && told.engine == "library") {
        return;  // they are encoded once, when they leave the cache
    }
    if (*told.rewritten_chunks == 0 && fits) {
        return;  // and the other parts are left to the cache
    }
    add(told,
        "partial_chunks",
        what_parts_cost(told) + size_text(*told.encoded_bytes) + " for " +
            size_text(told.elements * facts.dataset.element_size) +
            " that are given. Blocks of whole chunks, which are multiples of " +
            to_string(facts.dataset.chunk_shape) + ", are encoded once. Opened with " +
            core::say("cache.bytes = ", "rdcc_nbytes=") + std::to_string(needed) +
            " libhdf5 keeps these chunks until all parts are written.");
}

void advise_one_chunk(const WriteAdviceFacts& facts, WriteExplanation& told) {
    if (facts.dataset.filters.empty() || told.chunks != 1 ||
        facts.dataset.chunk_bytes < kLargeChunk || core::thread_count() == 1 ||
        told.partial_chunks != 0) {
        return;
    }
    Shape shape = facts.dataset.chunk_shape;
    const std::uint64_t most =
        std::max<std::uint64_t>(kSharedChunk / facts.dataset.element_size, 1);
    for (std::uint64_t& length : shape) {
        const std::uint64_t times = (core::checked_product(shape) + most - 1) / most;
        length = std::max<std::uint64_t>(length / std::max<std::uint64_t>(times, 1), 1);
    }
    add(told,
        "one_chunk",
        "All of it lies in one chunk of " + size_text(facts.dataset.chunk_bytes) +
            ", which one thread encodes. Chunks of " + to_string(shape) +
            " would be encoded by several.",
        shape);
}

void advise_fill_values(WriteExplanation& told) {
    if (told.filled_bytes.value_or(0) >= kNoticed) {
        add(told,
            "fill_values",
            "Before these elements are stored, libhdf5 writes fill values to all of the dataset, " +
                size_text(*told.filled_bytes) + ". Created with " +
                core::say("FillTime::never", "fill_time='never'") +
                " it would not, which suits datasets that will be written whole.");
    }
}

}  // namespace

void add_write_advice(const WriteAdviceFacts& facts, WriteExplanation& told) {
    advise_engine(facts, told);
    advise_conversion(told);
    advise_partial_chunks(facts, told);
    advise_one_chunk(facts, told);
    advise_fill_values(told);
}

}  // namespace hyperslab::engine
