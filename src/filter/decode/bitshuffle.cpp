#include "filter/format/bitshuffle.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "filter/decode/bit_reader.hpp"
#include "filter/decode/block_codecs.hpp"
#include "filter/decode/decoder.hpp"
#include "filter/decode/interleave.hpp"
#include "filter/format/shuffle.hpp"

namespace hyperslab::filter {
namespace {

// One plane (the same byte of every element) is eight rows of bits. The eight bytes that stand in
// the same column of them are eight elements' bytes as a square of bits; turned about its diagonal,
// it is those bytes.

// A square is a number whose byte k is row k. Blocks of 1, 2 and 4 bits change places with those
// mirrored at the diagonal; several squares at once with T a vector of them.
constexpr std::uint64_t kMasks[3] = {0x00aa00aa00aa00aa, 0x0000cccc0000cccc, 0x00000000f0f0f0f0};
constexpr int kDistances[3] = {7, 14, 28};

void transpose(std::uint64_t& square) {
    for (int round = 0; round < 3; ++round) {
        const std::uint64_t differ = (square ^ (square >> kDistances[round])) & kMasks[round];
        square ^= differ ^ (differ << kDistances[round]);
    }
}

// Turns as many squares at once as the vector has.
template <typename Squares, typename Vector>
[[gnu::always_inline]] inline void transpose_squares(Vector& vector) {
    static_assert(sizeof(Squares) == sizeof(Vector));
    Squares squares;
    std::memcpy(&squares, &vector, sizeof(squares));
    const Squares a = (squares ^ (squares >> kDistances[0])) & kMasks[0];
    squares ^= a ^ (a << kDistances[0]);
    const Squares b = (squares ^ (squares >> kDistances[1])) & kMasks[1];
    squares ^= b ^ (b << kDistances[1]);
    const Squares c = (squares ^ (squares >> kDistances[2])) & kMasks[2];
    squares ^= c ^ (c << kDistances[2]);
    std::memcpy(&vector, &squares, sizeof(squares));
}

template <typename Squares, typename Vector, std::size_t... kVector>
[[gnu::always_inline]] inline void transpose_all(Gathered<8, Vector>& columns,
                                                 std::index_sequence<kVector...> /*vectors*/) {
    (transpose_squares<Squares>(columns.vectors[kVector]), ...);
}

void store_little_endian(std::uint64_t value, std::byte* to) {
    if constexpr (std::endian::native == std::endian::big) {
        value = std::byteswap(value);
    }
    std::memcpy(to, &value, sizeof(value));
}

std::uint64_t column(const std::byte* rows, std::size_t row_bytes) {
    std::uint64_t square = 0;
    for (unsigned k = 0; k < 8; ++k) {
        square |= std::to_integer<std::uint64_t>(rows[k * row_bytes]) << (8 * k);
    }
    return square;
}

// Eight rows of bits to the bytes of 8 * row_bytes elements.
template <typename Squares, typename Vector>
[[gnu::always_inline]] inline void unshuffle_plane(const std::byte* rows,
                                                   std::size_t row_bytes,
                                                   std::byte* plane) {
    std::size_t i = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; i + sizeof(Vector) <= row_bytes; i += sizeof(Vector)) {
            Gathered<8, Vector> columns;
            gather(rows + i, row_bytes, columns);
            transpose_all<Squares>(columns, std::make_index_sequence<8>());
            store(columns, plane + 8 * i);
        }
    }
    for (; i < row_bytes; ++i) {
        std::uint64_t square = column(rows + i, row_bytes);
        transpose(square);
        store_little_endian(square, plane + 8 * i);
    }
}

using TwoSquares = std::uint64_t __attribute__((vector_size(16)));

void unshuffle_plane_baseline(const std::byte* rows, std::size_t row_bytes, std::byte* plane) {
    unshuffle_plane<TwoSquares, NarrowVector>(rows, row_bytes, plane);
}

#if defined(__x86_64__)
using FourSquares = std::uint64_t __attribute__((vector_size(32)));

[[gnu::target("avx2")]] void unshuffle_plane_avx2(const std::byte* rows,
                                                  std::size_t row_bytes,
                                                  std::byte* plane) {
    unshuffle_plane<FourSquares, WideVector>(rows, row_bytes, plane);
}
#else
constexpr auto unshuffle_plane_avx2 = unshuffle_plane_baseline;
#endif

}  // namespace

void bit_shuffle(std::span<const std::byte> input,
                 std::size_t element_size,
                 std::span<std::byte> output,
                 std::span<std::byte> planes) {
    const std::size_t count = input.size() / element_size;
    const std::size_t row_bytes = count / kBitshuffleMultiple;
    std::span<const std::byte> bytes = input;
    if (element_size != 1) {
        shuffle(input, element_size, planes.first(input.size()));
        bytes = planes;
    }
    for (std::size_t plane = 0; plane < element_size; ++plane) {
        const std::byte* const from = bytes.data() + plane * count;
        std::byte* const rows = output.data() + plane * count;
        for (std::size_t i = 0; i < row_bytes; ++i) {
            std::uint64_t square = column(from + i * kBitshuffleMultiple, 1);
            transpose(square);
            for (unsigned k = 0; k < 8; ++k) {
                rows[k * row_bytes + i] = static_cast<std::byte>(square >> (8 * k));
            }
        }
    }
}

std::size_t default_bitshuffle_block(std::size_t element_size) {
    constexpr std::size_t kBytes = 8192;
    constexpr std::size_t kMin = 128;
    return std::max(kBytes / element_size / kBitshuffleMultiple * kBitshuffleMultiple, kMin);
}

void bit_unshuffle(std::span<const std::byte> input,
                   std::size_t element_size,
                   std::span<std::byte> output,
                   std::span<std::byte> planes,
                   core::InstructionSet set) {
    const std::size_t count = input.size() / element_size;
    const std::span<std::byte> into = element_size == 1 ? output : planes;
    for (std::size_t plane = 0; plane < element_size; ++plane) {
        (set >= core::InstructionSet::avx2 ? unshuffle_plane_avx2 : unshuffle_plane_baseline)(
            input.data() + plane * count, count / 8, into.data() + plane * count);
    }
    if (element_size != 1) {
        unshuffle(planes.first(input.size()), element_size, output, set);
    }
}

namespace {

constexpr auto kName = "bitshuffle";
enum class Compression : unsigned { none = 0, lz4 = 2, zstd = 3 };

// The filter's chunk: blocks of elements, each bit-shuffled by itself; elements at the end that do
// not make eight are stored as they are. Compressed, it begins with 8 bytes decoded size and 4
// bytes block size, and each block with 4 bytes of its own; all big-endian.
class Bitshuffle : public Decoder {
public:
    Bitshuffle(std::size_t element_size, std::size_t block, Compression compression)
        : element_size_(element_size), block_(block), compression_(compression) {}

    Bytes decode(Bytes input, Room output, Scratch::State& scratch) const override {
        std::size_t size = input.size();
        std::size_t block = block_;
        if (compression_ != Compression::none) {
            constexpr std::size_t kHeaderBytes = 12;
            if (input.size() < kHeaderBytes) {
                throw_damaged(kName, "the chunk is shorter than its header");
            }
            size = load_big_endian_64(input.data());
            block = load_big_endian_32(input.data() + 8) / element_size_;
            block = block == 0 ? default_bitshuffle_block(element_size_) : block;
            input = input.subspan(kHeaderBytes);
        }
        if (size > output.size()) {
            throw_too_much(kName, output.size());
        }
        if (size % element_size_ != 0 || block % kBitshuffleMultiple != 0) {
            throw_damaged(kName, "its elements or blocks are not whole");
        }
        decode_blocks(input, block, output.first(size), scratch);
        return output.first(size);
    }

private:
    void decode_blocks(Bytes input, std::size_t block, Room output, Scratch::State& scratch) const {
        while (output.size() / element_size_ >= kBitshuffleMultiple) {
            const std::size_t whole =
                output.size() / element_size_ / kBitshuffleMultiple * kBitshuffleMultiple;
            const std::size_t bytes = std::min(block, whole) * element_size_;
            const Room planes = scratch.planes.of_size(bytes);
            const Bytes shuffled = next_block(input, bytes, scratch);
            bit_unshuffle(shuffled, element_size_, output.first(bytes), planes);
            output = output.subspan(bytes);
        }
        if (input.size() < output.size()) {
            throw_damaged(kName, "the chunk is cut off");
        }
        if (!output.empty()) {
            std::memcpy(output.data(), input.data(), output.size());
        }
    }

    // The next block's bits, decompressed; takes it off the input.
    Bytes next_block(Bytes& input, std::size_t bytes, Scratch::State& scratch) const {
        std::size_t stored = bytes;
        if (compression_ != Compression::none) {
            constexpr std::size_t kBlockHeaderBytes = 4;
            if (input.size() < kBlockHeaderBytes) {
                throw_damaged(kName, "the chunk is cut off");
            }
            stored = load_big_endian_32(input.data());
            input = input.subspan(kBlockHeaderBytes);
        }
        if (stored > input.size()) {
            throw_damaged(kName, "the chunk is cut off");
        }
        const Bytes block = input.first(stored);
        input = input.subspan(stored);
        if (compression_ == Compression::none) {
            return block;
        }
        const Room room = scratch.block.of_size(bytes);
        if (compression_ == Compression::lz4) {
            lz4_decode(kName, block, room);
        } else if (zstd_decode(kName, block, room, scratch).size() != bytes) {
            throw_damaged(kName, "a block is too short");
        }
        return room;
    }

    std::size_t element_size_;
    std::size_t block_;
    Compression compression_;
};

}  // namespace

DecoderPointer make_bitshuffle(const Parameters& parameters) {
    enum Place : std::uint8_t { kElementSizeAt = 2, kBlockAt, kCompressionAt };
    const auto parameter = [&](std::size_t place) {
        return place < parameters.size() ? parameters[place] : 0;
    };
    const std::size_t element_size = parameter(kElementSizeAt);
    if (element_size == 0) {
        throw Refusal("filter bitshuffle: its parameter is no element size");
    }
    const unsigned compression = parameter(kCompressionAt);
    if (compression == 1 || compression > 3) {
        throw Refusal("filter bitshuffle: its compression is unknown");
    }
    const bool lacking = (compression == 2 && !kHasLz4) || (compression == 3 && !kHasZstd);
    if (lacking) {
        throw Refusal("filter bitshuffle: this build is without the compression it uses");
    }
    const std::size_t block = parameter(kBlockAt);
    return std::make_unique<Bitshuffle>(element_size,
                                        block == 0 ? default_bitshuffle_block(element_size) : block,
                                        static_cast<Compression>(compression));
}

}  // namespace hyperslab::filter
