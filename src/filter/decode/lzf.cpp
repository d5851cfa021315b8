#include "filter/format/lzf.hpp"

#include <cstdint>
#include <cstring>

#include "filter/decode/decoder.hpp"
#include "filter/decode/repeat.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::filter {
namespace {

constexpr std::size_t kMaxLiterals = 32;
constexpr std::size_t kMaxMatch = 264;

std::uint8_t value_at(std::span<const std::byte> bytes, std::size_t at) {
    return std::to_integer<std::uint8_t>(bytes[at]);
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
