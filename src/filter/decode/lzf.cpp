#include "filter/format/lzf.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "filter/decode/decoder.hpp"
#include "filter/decode/repeat.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::filter {
namespace {

constexpr std::size_t kMaxLiterals = 32;
constexpr std::size_t kMaxDistance = 8192;
constexpr std::size_t kMaxMatch = 264;
constexpr std::size_t kMinMatch = 3;
constexpr std::size_t kBytesLooked = 4;  // for the first three, in one step
constexpr int kHashBits = 14;

std::uint8_t value_at(std::span<const std::byte> bytes, std::size_t at) {
    return std::to_integer<std::uint8_t>(bytes[at]);
}

// The first three of the four bytes there, as a number that only they decide.
std::uint32_t three_at(const std::byte* from) {
    std::uint32_t four = 0;
    std::memcpy(&four, from, sizeof four);
    return std::endian::native == std::endian::little ? four << 8 : four & ~0xffU;
}

std::uint32_t hash_of(std::uint32_t three) { return (three * 2654435761U) >> (32 - kHashBits); }

// Writes commands; full() once one did not fit.
class Writer {
public:
    explicit Writer(std::span<std::byte> output) : output_(output) {}

    void literals(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const auto run = bytes.first(std::min(bytes.size(), kMaxLiterals));
            if (!room_for(run.size() + 1)) {
                return;
            }
            put(run.size() - 1);
            std::memcpy(output_.data() + used_, run.data(), run.size());
            used_ += run.size();
            bytes = bytes.subspan(run.size());
        }
    }

    void copy(std::size_t distance, std::size_t length) {
        if (!room_for(3)) {
            return;
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
    }

    bool full() const { return full_; }
    std::size_t used() const { return used_; }

private:
    bool room_for(std::size_t count) {
        full_ = full_ || count > output_.size() - used_;
        return !full_;
    }
    void put(std::size_t value) { output_[used_++] = static_cast<std::byte>(value); }

    std::span<std::byte> output_;
    std::size_t used_ = 0;
    bool full_ = false;
};

// Of places whose first three bytes are the same.
std::size_t match_length(std::span<const std::byte> input, std::size_t earlier, std::size_t at) {
    const std::size_t limit = std::min(input.size() - at, kMaxMatch);
    std::size_t length = kMinMatch;
    while (length + sizeof(std::uint64_t) <= limit &&
           std::memcmp(&input[earlier + length], &input[at + length], sizeof(std::uint64_t)) == 0) {
        length += sizeof(std::uint64_t);
    }
    while (length < limit && input[earlier + length] == input[at + length]) {
        ++length;
    }
    return length;
}

[[noreturn]] void throw_stream_damaged() {
    throw Error(ErrorCode::io, "filter lzf: the stream is damaged");
}

void copy_literals_wide(std::byte* to, const std::byte* from) {
    static_assert(kMaxLiterals == 2 * kWideStep);
    std::memcpy(to, from, kWideStep);
    std::memcpy(to + kWideStep, from + kWideStep, kWideStep);
}

// The place up to which a stream has been decoded.
struct Progress {
    std::size_t in = 0;
    std::size_t out = 0;
};

// Decodes while neither end is near, so that a command needs one comparison of its own.
Progress decompress_far_from_ends(std::span<const std::byte> input, std::span<std::byte> output) {
    constexpr std::size_t kIn = 1 + kMaxLiterals;
    constexpr std::size_t kOut = kMaxMatch + kWideStep;
    static_assert(kOut >= kMaxLiterals);
    if (input.size() < kIn || output.size() < kOut) {
        return {};
    }
    const std::byte* in = input.data();
    const std::byte* const in_end = in + (input.size() - kIn);
    std::byte* out = output.data();
    std::byte* const out_end = out + (output.size() - kOut);
    while (in <= in_end && out <= out_end) {
        const auto control = std::to_integer<std::size_t>(*in++);
        if (control < kMaxLiterals) {
            copy_literals_wide(out, in);
            in += control + 1;
            out += control + 1;
            continue;
        }
        std::size_t length = (control >> 5) + 2;
        if (length == 9) {
            length += std::to_integer<std::size_t>(*in++);
        }
        const std::size_t distance =
            ((control & 31) << 8 | std::to_integer<std::size_t>(*in++)) + 1;
        if (distance > static_cast<std::size_t>(out - output.data())) {
            throw_stream_damaged();
        }
        repeat_wide(out, distance, length);
        out += length;
    }
    return {static_cast<std::size_t>(in - input.data()),
            static_cast<std::size_t>(out - output.data())};
}

}  // namespace

std::optional<std::size_t> lzf_compress(std::span<const std::byte> input,
                                        std::span<std::byte> output) {
    // For each hash of three bytes, the last position where it was seen plus 1, or 0.
    std::array<std::uint32_t, 1U << kHashBits> seen{};
    const auto slot_of = [&](std::size_t at) -> std::uint32_t& {
        return seen[hash_of(three_at(input.data() + at))];
    };
    Writer writer(output);
    std::size_t literals_from = 0;
    std::size_t at = 0;
    while (at + kBytesLooked <= input.size() && !writer.full()) {
        std::uint32_t& slot = slot_of(at);
        const std::size_t earlier = slot;
        slot = static_cast<std::uint32_t>(at + 1);
        if (earlier == 0 || at - (earlier - 1) > kMaxDistance ||
            three_at(&input[earlier - 1]) != three_at(&input[at])) {
            ++at;
            continue;
        }
        const std::size_t length = match_length(input, earlier - 1, at);
        writer.literals(input.subspan(literals_from, at - literals_from));
        if (!writer.full()) {
            writer.copy(at - (earlier - 1), length);
        }
        at += length;
        literals_from = at;
        // What comes next is found again where an element of up to four bytes began before it.
        if (at + kBytesLooked <= input.size()) {
            for (std::size_t back = std::min<std::size_t>(at, 4); back > 0; --back) {
                slot_of(at - back) = static_cast<std::uint32_t>(at - back + 1);
            }
        }
    }
    writer.literals(input.subspan(literals_from));
    return writer.full() ? std::nullopt : std::optional(writer.used());
}

std::optional<std::size_t> lzf_compress_chunk(std::span<const std::byte> input,
                                              std::span<std::byte> output) {
    constexpr std::size_t kMinGain = 5;
    return input.size() <= kMinGain ? std::nullopt
                                    : lzf_compress(input, output.first(input.size() - kMinGain));
}

std::optional<std::size_t> lzf_decompress(std::span<const std::byte> input,
                                          std::span<std::byte> output) {
    auto [in, out] = decompress_far_from_ends(input, output);
    while (in < input.size()) {
        const std::size_t control = value_at(input, in++);
        if (control < kMaxLiterals) {
            const std::size_t count = control + 1;
            if (count > input.size() - in) {
                throw_stream_damaged();
            }
            if (count > output.size() - out) {
                return std::nullopt;
            }
            std::memcpy(output.data() + out, input.data() + in, count);
            in += count;
            out += count;
            continue;
        }
        std::size_t length = (control >> 5) + 2;
        if (input.size() - in < (length == 9 ? 2U : 1U)) {
            throw_stream_damaged();
        }
        if (length == 9) {
            length += value_at(input, in++);
        }
        const std::size_t distance = ((control & 31) << 8 | value_at(input, in++)) + 1;
        if (distance > out) {
            throw_stream_damaged();
        }
        if (length > output.size() - out) {
            return std::nullopt;
        }
        repeat(output.data() + out, distance, length);
        out += length;
    }
    return out;
}

namespace {

class Lzf : public Decoder {
public:
    Bytes decode(Bytes input, Room output, Scratch::State&) const override {
        const auto written = lzf_decompress(input, output);
        if (!written) {
            throw_too_much("lzf", output.size());
        }
        return output.first(*written);
    }
};

}  // namespace

DecoderPointer make_lzf() { return std::make_unique<Lzf>(); }

}  // namespace hyperslab::filter
