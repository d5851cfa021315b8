// Blosc, version 1 of its format; filter/decode/blosc.cpp says what a chunk looks like.
//
// Blocks and streams are cut as c-blosc cuts them, so that its older versions read them too. Its
// codecs blosclz and snappy are left to the plug-in.
#include <algorithm>
#include <cstring>

#include "filter/encode/block_encoders.hpp"
#include "filter/format/bitshuffle.hpp"
#include "filter/format/codecs.hpp"
#include "filter/format/shuffle.hpp"

namespace hyperslab::filter {
namespace {

constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kNumberBytes = 4;
constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr std::size_t kMaxStreams = 16;
constexpr std::size_t kMinElements = 128;  // the minimum of a block that is split

constexpr unsigned kByteShuffled = 1;
constexpr unsigned kBitShuffled = 4;
constexpr unsigned kNotSplit = 16;

// The codecs by the numbers of the filter's parameter.
enum class Codec : unsigned { blosclz, lz4, lz4hc, snappy, zlib, zstd };
enum class Shuffling : unsigned { none, bytes, bits };

struct Settings {
    std::size_t element_size;
    int level;
    Shuffling shuffling;
    Codec codec;
};

void store_number(std::size_t number, std::byte* to) {
    for (std::size_t i = 0; i < kNumberBytes; ++i) {
        to[i] = static_cast<std::byte>(number >> (8 * i));
    }
}

// The number that stands in the chunk for a codec.
unsigned code_of(Codec codec) {
    switch (codec) {
        case Codec::zlib:
            return 3;
        case Codec::zstd:
            return 4;
        default:
            return 1;  // LZ4, whatever its effort was
    }
}

std::optional<std::size_t> encode_stream(const Settings& settings,
                                         Bytes input,
                                         Room output,
                                         EncodeScratch::State& scratch) {
    switch (settings.codec) {
        case Codec::lz4:
            return lz4_encode(input, output);
        case Codec::lz4hc:
            return lz4_encode_hard(input, output, settings.level);
        case Codec::zlib:
            return deflate_encode(input, output, static_cast<unsigned>(settings.level), scratch);
        default:
            return zstd_encode(input, output, 2 * settings.level - 1, scratch);
    }
}

class Blosc final : public Encoder {
public:
    explicit Blosc(const Settings& settings) : settings_(settings) {}

    std::optional<Bytes> encode(Bytes input,
                                Room output,
                                EncodeScratch::State& scratch) const override {
        const std::size_t block = std::min(block_bytes(), input.size());
        const std::size_t blocks = block == 0 ? 0 : (input.size() + block - 1) / block;
        write_header(input.size(), block, output);
        std::size_t used = kHeaderBytes + blocks * kNumberBytes;
        for (std::size_t i = 0; i < blocks && used < input.size(); ++i) {
            const Bytes part = input.subspan(i * block, std::min(block, input.size() - i * block));
            store_number(used, output.data() + kHeaderBytes + i * kNumberBytes);
            used += encode_block(part, block, output.subspan(used), scratch);
        }
        if (used >= input.size()) {
            return std::nullopt;  // as c-blosc where there is no room for more than the input
        }
        store_number(used, output.data() + 12);
        return output.first(used);
    }

    bool may_fail() const override { return true; }

    std::size_t max_encoded(std::size_t size) const override {
        const std::size_t blocks = size / block_bytes() + 1;
        return kHeaderBytes + size + blocks * kNumberBytes * (kMaxStreams + 1) + block_bytes();
    }

private:
    std::size_t block_bytes() const {
        return std::max(kBlockBytes / settings_.element_size, std::size_t{1}) *
               settings_.element_size;
    }

    bool splits() const {
        return settings_.codec != Codec::zstd && settings_.element_size <= kMaxStreams;
    }

    void write_header(std::size_t size, std::size_t block, Room output) const {
        unsigned flags = code_of(settings_.codec) << 5;
        flags |= settings_.shuffling == Shuffling::bytes  ? kByteShuffled
                 : settings_.shuffling == Shuffling::bits ? kBitShuffled
                                                          : 0;
        flags |= splits() ? 0 : kNotSplit;
        output[0] = std::byte{2};  // the format, and the codec's
        output[1] = std::byte{1};
        output[2] = static_cast<std::byte>(flags);
        output[3] = static_cast<std::byte>(settings_.element_size);
        store_number(size, output.data() + 4);
        store_number(block, output.data() + 8);
    }

    std::size_t encode_block(Bytes part,
                             std::size_t block,
                             Room output,
                             EncodeScratch::State& scratch) const {
        const Bytes shuffled = shuffled_block(part, scratch);
        const bool split = splits() && part.size() == block &&
                           part.size() / settings_.element_size >= kMinElements;
        const std::size_t streams = split ? settings_.element_size : 1;
        const std::size_t bytes = part.size() / streams;
        std::size_t used = 0;
        for (std::size_t s = 0; s < streams; ++s) {
            const Bytes stream = shuffled.subspan(s * bytes, bytes);
            const Room room = output.subspan(used + kNumberBytes, bytes);
            std::size_t stored = encode_stream(settings_, stream, room, scratch).value_or(bytes);
            if (stored >= bytes) {
                stored = bytes;
                std::memcpy(room.data(), stream.data(), bytes);
            }
            store_number(stored, output.data() + used);
            used += kNumberBytes + stored;
        }
        return used;
    }

    Bytes shuffled_block(Bytes part, EncodeScratch::State& scratch) const {
        const std::size_t size = settings_.element_size;
        const bool by_bytes = settings_.shuffling == Shuffling::bytes && size > 1;
        // A block whose number of elements is no multiple of eight is not bit-shuffled.
        const bool by_bits = settings_.shuffling == Shuffling::bits && part.size() >= size &&
                             part.size() / size % kBitshuffleMultiple == 0;
        if (!by_bytes && !by_bits) {
            return part;
        }
        const Room shuffled = scratch.block.of_size(part.size());
        if (by_bytes) {
            shuffle(part, size, shuffled);
            return shuffled;
        }
        const std::size_t whole = part.size() / size * size;
        bit_shuffle(part.first(whole), size, shuffled, scratch.planes.of_size(part.size()));
        std::memcpy(shuffled.data() + whole, part.data() + whole, part.size() - whole);
        return shuffled;
    }

    Settings settings_;
};

constexpr unsigned kHighestLevel = 9;
constexpr unsigned kDefaultLevel = 5;
constexpr std::size_t kMaxElement = 255;
constexpr std::size_t kMaxChunk = (std::size_t{1} << 31) - 1 - kHeaderBytes;

}  // namespace

EncoderPointer make_blosc_encoder(const Parameters& parameters, const ChunkTraits& chunk) {
    const auto parameter = [&](std::size_t place, unsigned otherwise) {
        return place < parameters.size() ? parameters[place] : otherwise;
    };
    const unsigned element_size = parameter(2, 0);
    const unsigned level = parameter(4, kDefaultLevel);
    const unsigned shuffling = parameter(5, 1);
    const auto codec = static_cast<Codec>(parameter(6, 0));
    if (element_size == 0 || element_size > kMaxElement || level == 0 || level > kHighestLevel ||
        shuffling > 2 || chunk.chunk_bytes > kMaxChunk) {
        throw Refusal("filter blosc: chunks with its parameters cannot be encoded here");
    }
    const bool here = codec == Codec::zlib                           ? kHasInflate
                      : codec == Codec::zstd                         ? kHasZstd
                      : codec == Codec::lz4 || codec == Codec::lz4hc ? kHasLz4
                                                                     : false;
    if (!here) {
        throw Refusal("filter blosc: its codec is not encoded here");
    }
    return std::make_unique<Blosc>(
        Settings{element_size, static_cast<int>(level), static_cast<Shuffling>(shuffling), codec});
}

}  // namespace hyperslab::filter
