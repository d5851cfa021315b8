#include "h5boss/sources/weave.hpp"

#include <algorithm>
#include <cstring>
#include <deque>

namespace hyperslab::apps::h5boss {
namespace {

/// The buffers of this thread, which are used again for every table.
Words& buffer(std::size_t number) {
    thread_local std::deque<Words> held;
    while (held.size() <= number) {
        held.emplace_back();
    }
    return held[number];
}

}  // namespace

void Weave::add(
    const char* column, const FitsFile& file, std::size_t hdu, std::uint64_t row, int bitpix) {
    Words& words = buffer(buffers_++);
    read_words(file, hdu, row, bitpix, words);
    strands_.push_back(
        {table_.type().find_member(column)->offset, words.data(), words.size(), true});
}

void Weave::add(const char* column, std::span<const float> values) {
    strands_.push_back({table_.type().find_member(column)->offset,
                        reinterpret_cast<const std::uint32_t*>(values.data()),
                        values.size(),
                        false});
}

void Weave::finish() {
    constexpr std::size_t kStretch = 512;  // pixels; some kilobytes of a table
    const std::size_t size = table_.row_size();
    const std::size_t pixels = table_.size();
    for (std::size_t first = 0; first < pixels; first += kStretch) {
        for (const Strand& strand : strands_) {
            const std::size_t end = std::min({first + kStretch, pixels, strand.count});
            std::byte* target = table_.bytes().data() + first * size + strand.offset;
            for (std::size_t i = first; i < end; ++i, target += size) {
                const std::uint32_t word =
                    strand.turned ? __builtin_bswap32(strand.words[i]) : strand.words[i];
                std::memcpy(target, &word, sizeof word);
            }
        }
    }
}

}  // namespace hyperslab::apps::h5boss
