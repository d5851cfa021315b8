// Blosc, version 1 of its format.
//
// A chunk is a header of 16 bytes (format, codec's format, flags, size of an element; decoded size,
// block size and stored size, 4 bytes each), the place of every block, and the blocks. A block is
// one stream, or where elements are small and the block is not the last, one for each byte of an
// element; each stream begins with its size, and is stored as it is when it did not get smaller. A
// block was shuffled, by bytes or by bits, before it was compressed. Numbers are little-endian.
#include <algorithm>
#include <cstring>

#include "filter/decode/block_codecs.hpp"
#include "filter/decode/decoder.hpp"
#include "filter/format/bitshuffle.hpp"
#include "filter/format/shuffle.hpp"

namespace hyperslab::filter {
namespace {

constexpr auto kName = "blosc";
constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kNumberBytes = 4;

constexpr unsigned kByteShuffled = 1;
constexpr unsigned kNotCompressed = 2;
constexpr unsigned kBitShuffled = 4;
constexpr unsigned kNotSplit = 16;

enum class Codec : unsigned { blosclz = 0, lz4 = 1, snappy = 2, zlib = 3, zstd = 4 };

std::size_t number_at(Bytes bytes, std::size_t at) {
    if (bytes.size() < kNumberBytes || at > bytes.size() - kNumberBytes) {
        throw_damaged(kName, "the chunk is cut off");
    }
    std::size_t number = 0;
    for (std::size_t i = 0; i < kNumberBytes; ++i) {
        number |= std::to_integer<std::size_t>(bytes[at + i]) << (8 * i);
    }
    return number;
}

struct Header {
    unsigned flags = 0;
    Codec codec{};
    std::size_t element_size = 0;
    std::size_t size = 0;
    std::size_t block_size = 0;
    std::size_t stored_size = 0;
};

Header read_header(Bytes input) {
    if (input.size() < kHeaderBytes) {
        throw_damaged(kName, "the chunk is shorter than its header");
    }
    const auto flags = std::to_integer<unsigned>(input[2]);
    const Header header{
        .flags = flags,
        .codec = static_cast<Codec>(flags >> 5),
        .element_size = std::to_integer<std::size_t>(input[3]),
        .size = number_at(input, 4),
        .block_size = number_at(input, 8),
        .stored_size = number_at(input, 12),
    };
    if (input[0] != std::byte{2}) {
        throw_damaged(kName, "its format is not version 2");
    }
    if (header.element_size == 0 || header.stored_size > input.size() ||
        (header.size > 0 && (header.block_size == 0 || header.block_size > header.size))) {
        throw_damaged(kName, "the sizes in its header do not fit together");
    }
    return header;
}

// Fills `output` with the bytes of one stream.
void decode_stream(Codec codec, Bytes stream, Room output, Scratch::State& scratch) {
    Bytes decoded = output;
    switch (codec) {
        case Codec::blosclz:
            blosclz_decode(kName, stream, output);
            break;
        case Codec::lz4:
            lz4_decode(kName, stream, output);
            break;
        case Codec::snappy:
            snappy_decode(kName, stream, output);
            break;
        case Codec::zlib:
            decoded = inflate(kName, stream, output, scratch);
            break;
        case Codec::zstd:
            decoded = zstd_decode(kName, stream, output, scratch);
            break;
        default:
            throw_damaged(kName, "its codec is unknown");
    }
    if (decoded.size() != output.size()) {
        throw_damaged(kName, "a stream is too short");
    }
}

// The number of streams that a block is made of.
std::size_t streams_of(const Header& header, std::size_t block_bytes) {
    constexpr std::size_t kMaxStreams = 16;
    constexpr std::size_t kMinElements = 128;
    const bool split = (header.flags & kNotSplit) == 0 && header.element_size <= kMaxStreams &&
                       block_bytes == header.block_size &&
                       block_bytes / header.element_size >= kMinElements;
    return split ? header.element_size : 1;
}

void decompress_block(const Header& header, Bytes input, Room output, Scratch::State& scratch) {
    const std::size_t streams = streams_of(header, output.size());
    const std::size_t bytes = output.size() / streams;
    for (std::size_t s = 0; s < streams; ++s) {
        const std::size_t stored = number_at(input, 0);
        input = input.subspan(kNumberBytes);
        if (stored > input.size()) {
            throw_damaged(kName, "the chunk is cut off");
        }
        const Room room = output.subspan(s * bytes, bytes);
        if (stored == bytes) {
            std::memcpy(room.data(), input.data(), stored);
        } else {
            decode_stream(header.codec, input.first(stored), room, scratch);
        }
        input = input.subspan(stored);
    }
    if (streams * bytes != output.size()) {
        throw_damaged(kName, "a block is not made of whole elements");
    }
}

// A block whose number of elements is no multiple of eight was not bit-shuffled.
void bit_unshuffle_block(Bytes input, std::size_t element_size, Room output, Room planes) {
    const std::size_t elements = input.size() / element_size;
    const std::size_t shuffled = elements % 8 == 0 ? elements * element_size : 0;
    bit_unshuffle(input.first(shuffled), element_size, output, planes);
    std::memcpy(output.data() + shuffled, input.data() + shuffled, input.size() - shuffled);
}

void decode_block(const Header& header, Bytes input, Room output, Scratch::State& scratch) {
    const bool by_bytes = (header.flags & kByteShuffled) != 0 && header.element_size > 1;
    const bool by_bits = (header.flags & kBitShuffled) != 0 && output.size() >= header.element_size;
    if (!by_bytes && !by_bits) {
        decompress_block(header, input, output, scratch);
        return;
    }
    const Room shuffled = scratch.block.of_size(output.size());
    decompress_block(header, input, shuffled, scratch);
    if (by_bytes) {
        unshuffle(shuffled, header.element_size, output);
    } else {
        bit_unshuffle_block(
            shuffled, header.element_size, output, scratch.planes.of_size(output.size()));
    }
}

class Blosc : public Decoder {
public:
    Bytes decode(Bytes input, Room output, Scratch::State& scratch) const override {
        const Header header = read_header(input);
        if (header.size > output.size()) {
            throw_too_much(kName, output.size());
        }
        input = input.first(header.stored_size);
        if ((header.flags & kNotCompressed) != 0) {
            if (input.size() < kHeaderBytes + header.size) {
                throw_damaged(kName, "the chunk is cut off");
            }
            return input.subspan(kHeaderBytes, header.size);
        }
        const Room decoded = output.first(header.size);
        for (std::size_t at = 0, block = 0; at < decoded.size(); at += header.block_size, ++block) {
            const std::size_t place = number_at(input, kHeaderBytes + block * kNumberBytes);
            if (place > input.size()) {
                throw_damaged(kName, "a block lies outside the chunk");
            }
            const std::size_t bytes = std::min(header.block_size, decoded.size() - at);
            decode_block(header, input.subspan(place), decoded.subspan(at, bytes), scratch);
        }
        return decoded;
    }
};

}  // namespace

DecoderPointer make_blosc() {
    // The codec stands in each chunk, so a build that lacks one would find out too late. It refuses
    // all chunks.
    if (!kHasInflate || !kHasLz4 || !kHasZstd) {
        throw Refusal("filter blosc: this build is without a codec that it may use");
    }
    return std::make_unique<Blosc>();
}

}  // namespace hyperslab::filter
