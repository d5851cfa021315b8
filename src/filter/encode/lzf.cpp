// The filter lzf.
#include "filter/format/lzf.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "filter/encode/encoder.hpp"

namespace hyperslab::filter {
namespace {

constexpr std::size_t kMaxLiterals = 32;
constexpr std::size_t kMaxDistance = 8192;
constexpr std::size_t kMaxMatch = 264;
constexpr std::size_t kMinMatch = 3;
constexpr int kHashBits = 14;
// So many bytes at the end are not searched, which lets the search look at four bytes at once.
constexpr std::size_t kBytesLooked = 4;
// Places at the end of a match that are remembered: what comes next is found again where an element
// began before it. More of them cost more time than they save bytes.
constexpr std::size_t kRemembered = 2;

std::uint32_t four_at(const std::byte* from) {
    std::uint32_t four = 0;
    std::memcpy(&four, from, sizeof four);
    return four;
}

std::uint64_t eight_at(const std::byte* from) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, from, sizeof eight);
    return eight;
}

constexpr bool kIsLittle = std::endian::native == std::endian::little;

// The first three of four bytes, as a number that only they decide.
std::uint32_t first_three(std::uint32_t four) { return kIsLittle ? four << 8 : four & ~0xffU; }

std::size_t hash_of(std::uint32_t four) {
    return (first_three(four) * 2654435761U) >> (32 - kHashBits);
}

// The number of bytes that are the same from the lowest address on, of eight that differ.
std::size_t same_bytes(std::uint64_t difference) {
    const int zeros = kIsLittle ? std::countr_zero(difference) : std::countl_zero(difference);
    return static_cast<std::size_t>(zeros) / 8;
}

// Of places whose first three bytes are the same.
std::size_t match_length(const std::byte* earlier, const std::byte* at, const std::byte* end) {
    const std::size_t limit = std::min(static_cast<std::size_t>(end - at), kMaxMatch);
    std::size_t length = kMinMatch;
    for (; length + sizeof(std::uint64_t) <= limit; length += sizeof(std::uint64_t)) {
        const std::uint64_t difference = eight_at(earlier + length) ^ eight_at(at + length);
        if (difference != 0) {
            return length + same_bytes(difference);
        }
    }
    while (length < limit && earlier[length] == at[length]) {
        ++length;
    }
    return length;
}

// Writes commands; each returns false when it does not fit.
class Writer {
public:
    Writer(std::span<std::byte> output, const std::byte* input_end)
        : begin_(output.data()), at_(begin_), end_(begin_ + output.size()), input_end_(input_end) {}

    bool literals(const std::byte* from, const std::byte* to) {
        while (from != to) {
            const std::size_t run = std::min(static_cast<std::size_t>(to - from), kMaxLiterals);
            if (run + 1 > room()) {
                return false;
            }
            put(run - 1);
            copy_literals(from, run);
            at_ += run;
            from += run;
        }
        return true;
    }

    bool copy(std::size_t distance, std::size_t length) {
        constexpr std::size_t kLongest = 3;  // bytes of a command
        if (room() < kLongest) {
            return false;
        }
        const std::size_t offset = distance - 1;
        const std::size_t code = length - 2;
        if (code < 7) {
            put(code << 5 | offset >> 8);
        } else {
            put(7U << 5 | offset >> 8);
            put(code - 7);
        }
        put(offset & 0xff);
        return true;
    }

    std::size_t used() const { return static_cast<std::size_t>(at_ - begin_); }

private:
    // Far from both ends a copy of a fixed length is quicker, whatever comes behind it.
    void copy_literals(const std::byte* from, std::size_t run) {
        const bool far =
            static_cast<std::size_t>(input_end_ - from) >= kMaxLiterals && room() >= kMaxLiterals;
        if (far) {
            std::memcpy(at_, from, kMaxLiterals);
        } else {
            std::memcpy(at_, from, run);
        }
    }

    std::size_t room() const { return static_cast<std::size_t>(end_ - at_); }
    void put(std::size_t value) { *at_++ = static_cast<std::byte>(value); }

    std::byte* begin_;
    std::byte* at_;
    std::byte* end_;
    const std::byte* input_end_;
};

}  // namespace

std::optional<std::size_t> lzf_compress(std::span<const std::byte> input,
                                        std::span<std::byte> output) {
    const std::byte* const begin = input.data();
    const std::byte* const end = begin + input.size();
    const std::byte* const last = input.size() < kBytesLooked ? begin : end - kBytesLooked + 1;
    // For each hash of three bytes, the last position where it was seen. Before it was seen that is
    // the first one, which is compared like any other.
    std::array<std::uint32_t, std::size_t{1} << kHashBits> seen{};
    const auto place_of = [&](const std::byte* at) {
        return static_cast<std::uint32_t>(at - begin);
    };
    Writer writer(output, end);
    const std::byte* literals = begin;
    const std::byte* at = begin;
    while (at < last) {
        const std::uint32_t four = four_at(at);
        std::uint32_t& slot = seen[hash_of(four)];
        const std::byte* const earlier = begin + slot;
        const auto distance = static_cast<std::size_t>(at - earlier);
        slot = place_of(at);
        if (first_three(four_at(earlier)) != first_three(four) || distance == 0 ||
            distance > kMaxDistance) {
            ++at;
            continue;
        }
        const std::size_t length = match_length(earlier, at, end);
        if (!writer.literals(literals, at) || !writer.copy(distance, length)) {
            return std::nullopt;
        }
        at += length;
        literals = at;
        if (at < last) {
            for (std::size_t back = kRemembered; back > 0; --back) {
                seen[hash_of(four_at(at - back))] = place_of(at - back);
            }
        }
    }
    return writer.literals(literals, end) ? std::optional(writer.used()) : std::nullopt;
}

std::optional<std::size_t> lzf_compress_chunk(std::span<const std::byte> input,
                                              std::span<std::byte> output) {
    constexpr std::size_t kMinGain = 5;
    return input.size() <= kMinGain ? std::nullopt
                                    : lzf_compress(input, output.first(input.size() - kMinGain));
}

namespace {

class Lzf final : public Encoder {
public:
    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        const std::optional<std::size_t> written = lzf_compress_chunk(input, output);
        return written ? std::optional<Bytes>(output.first(*written)) : std::nullopt;
    }

    bool may_fail() const override { return true; }

    std::size_t max_encoded(std::size_t size) const override { return size; }
};

}  // namespace

EncoderPointer make_lzf_encoder() { return std::make_unique<Lzf>(); }

}  // namespace hyperslab::filter
