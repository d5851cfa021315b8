// Scale-offset stores each number as its distance from the smallest number of the chunk, in as few
// bits as the largest distance needs. Floating-point numbers are multiplied by a power of ten and
// rounded before.
//
// A chunk is a header (4 bytes bits a number; 1 byte the size of the next, 8 in practice; the
// smallest number; all little-endian; to byte 21) and the distances, most significant bit first. A
// distance of ones only stands for the fill value when there is one.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "filter/decode/bit_reader.hpp"
#include "filter/decode/decoder.hpp"

namespace hyperslab::filter {
namespace {

constexpr auto kName = "scaleoffset";
constexpr std::size_t kParameters = 20;
constexpr std::size_t kHeaderBytes = 21;
constexpr std::size_t kMinimumAt = 5;

// What the parameters mean, by their places in the list.
struct Settings {
    enum class Class : unsigned { integer = 0, floating = 1 };

    std::size_t count = 0;
    Class type_class{};
    unsigned size = 0;  // of an element
    bool big_endian = false;
    bool has_fill = false;
    std::uint64_t fill = 0;  // the bytes of the fill value
    int decimal_digits = 0;  // floating point only
    bool unchanged = false;  // all bits are kept: chunks are stored as they are
};

Settings read_settings(const Parameters& parameters, const ChunkTraits& chunk) {
    enum Place : std::uint8_t {
        kScaleType,
        kScaleFactor,
        kCount,
        kClass,
        kElementSize,
        kSign,
        kOrder,
        kHasFill,
        kFill
    };
    constexpr unsigned kDecimalScale = 0;
    constexpr unsigned kIntegerScale = 2;

    if (parameters.size() != kParameters) {
        throw Refusal("filter scaleoffset: 20 parameters are expected");
    }
    Settings settings;
    settings.count = parameters[kCount];
    settings.type_class = static_cast<Settings::Class>(parameters[kClass]);
    settings.size = parameters[kElementSize];
    settings.big_endian = parameters[kOrder] == 1;
    settings.has_fill = parameters[kHasFill] == 1;
    settings.fill = parameters[kFill] | static_cast<std::uint64_t>(parameters[kFill + 1]) << 32;

    const unsigned size = settings.size;
    const bool integer = parameters[kClass] == 0 && parameters[kScaleType] == kIntegerScale &&
                         (size == 1 || size == 2 || size == 4 || size == 8);
    const bool floating = parameters[kClass] == 1 && parameters[kScaleType] == kDecimalScale &&
                          (size == 4 || size == 8);
    if ((!integer && !floating) || parameters[kOrder] > 1 || size != chunk.element_size) {
        throw Refusal("filter scaleoffset: its parameters do not fit together");
    }
    const int factor = static_cast<int>(parameters[kScaleFactor]);
    if (floating) {
        settings.decimal_digits = factor;
    } else if (factor > static_cast<int>(size * 8)) {
        throw Refusal("filter scaleoffset: more bits than the type has");
    } else {
        settings.unchanged = factor == static_cast<int>(size * 8);
    }
    return settings;
}

struct Header {
    unsigned bits = 0;          // of a distance
    std::uint64_t minimum = 0;  // the smallest number's bytes
};

Header read_header(Bytes input, unsigned element_size) {
    if (input.size() < kMinimumAt) {
        throw_damaged(kName, "the chunk is shorter than its header");
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        bits |= std::to_integer<std::uint64_t>(input[i]) << (8 * i);
    }
    if (bits > element_size * 8) {
        throw_damaged(kName, "a number has more bits than its type");
    }
    Header header{.bits = static_cast<unsigned>(bits)};
    const std::size_t size = std::min<std::size_t>(8, std::to_integer<std::size_t>(input[4]));
    if (input.size() < kMinimumAt + size) {
        throw_damaged(kName, "the chunk is shorter than its header");
    }
    for (std::size_t i = 0; i < size; ++i) {
        header.minimum |= std::to_integer<std::uint64_t>(input[kMinimumAt + i]) << (8 * i);
    }
    return header;
}

template <typename Word>
Word in_order(Word word, bool big_endian) {
    if ((std::endian::native == std::endian::big) == big_endian) {
        return word;
    }
    return std::byteswap(word);
}

// Stores a number for each distance: the result of `number_of`, or the fill value.
template <typename Word, typename NumberOf>
void restore(const Settings& settings,
             unsigned bits,
             Bytes distances,
             std::byte* output,
             NumberOf number_of) {
    const std::uint64_t stands_for_fill = (std::uint64_t{1} << bits) - 1;
    const auto fill = static_cast<Word>(settings.fill);
    BitReader reader(distances);
    for (std::size_t i = 0; i < settings.count; ++i) {
        const std::uint64_t distance = bits == 0 ? 0 : reader.read(bits);
        const bool is_fill = settings.has_fill && distance == stands_for_fill;
        const Word word = in_order(is_fill ? fill : number_of(distance), settings.big_endian);
        std::memcpy(output + i * sizeof(word), &word, sizeof(word));
    }
}

// The sign makes no difference to a sum modulo the type's range.
template <typename Word>
void restore_integers(const Settings& settings,
                      const Header& header,
                      Bytes distances,
                      std::byte* output) {
    restore<Word>(settings, header.bits, distances, output, [&](std::uint64_t distance) {
        return static_cast<Word>(distance + header.minimum);
    });
}

// The operations and their types are those of libhdf5, so the numbers are equal to the last bit.
template <typename Float, typename Word>
void restore_floats(const Settings& settings,
                    const Header& header,
                    Bytes distances,
                    std::byte* output) {
    using Signed = std::make_signed_t<Word>;
    const Float scale = std::pow(Float{10}, static_cast<Float>(settings.decimal_digits));
    const auto minimum = std::bit_cast<Float>(static_cast<Word>(header.minimum));
    restore<Word>(settings, header.bits, distances, output, [&](std::uint64_t distance) {
        const auto scaled = static_cast<Float>(static_cast<Signed>(distance));
        return std::bit_cast<Word>(scaled / scale + minimum);
    });
}

class ScaleOffset : public Decoder {
public:
    explicit ScaleOffset(const Settings& settings) : settings_(settings) {}

    Bytes decode(Bytes input, Room output, Scratch::State&) const override {
        if (settings_.unchanged) {
            return input;
        }
        const Header header = read_header(input, settings_.size);
        const std::size_t size = settings_.count * settings_.size;
        if (size > output.size()) {
            throw_too_much(kName, output.size());
        }
        const std::size_t needed = bytes_of_fields(settings_.count, header.bits);
        const Bytes distances = input.size() > kHeaderBytes ? input.subspan(kHeaderBytes) : Bytes{};
        if (distances.size() < needed) {
            throw_damaged(kName, "the chunk is cut off");
        }
        restore_all(header, distances.first(needed), output.data());
        return output.first(size);
    }

private:
    void restore_all(const Header& header, Bytes distances, std::byte* output) const {
        if (header.bits == settings_.size * 8) {
            restore_unscaled(distances, output);
        } else if (settings_.type_class == Settings::Class::floating) {
            settings_.size == 4
                ? restore_floats<float, std::uint32_t>(settings_, header, distances, output)
                : restore_floats<double, std::uint64_t>(settings_, header, distances, output);
        } else if (settings_.size == 1) {
            restore_integers<std::uint8_t>(settings_, header, distances, output);
        } else if (settings_.size == 2) {
            restore_integers<std::uint16_t>(settings_, header, distances, output);
        } else if (settings_.size == 4) {
            restore_integers<std::uint32_t>(settings_, header, distances, output);
        } else {
            restore_integers<std::uint64_t>(settings_, header, distances, output);
        }
    }

    // A chunk that needs all bits keeps its numbers, in the byte order of the machine that wrote
    // it; libhdf5 takes that for the reader's byte order, and so does this decoder.
    void restore_unscaled(Bytes numbers, std::byte* output) const {
        std::memcpy(output, numbers.data(), numbers.size());
        const bool swap = (std::endian::native == std::endian::big) != settings_.big_endian;
        for (std::size_t i = 0; swap && i < settings_.count; ++i) {
            std::byte* const number = output + i * settings_.size;
            std::reverse(number, number + settings_.size);
        }
    }

    Settings settings_;
};

}  // namespace

DecoderPointer make_scaleoffset(const Parameters& parameters, const ChunkTraits& chunk) {
    return std::make_unique<ScaleOffset>(read_settings(parameters, chunk));
}

}  // namespace hyperslab::filter
