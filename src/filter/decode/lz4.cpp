// LZ4 as its HDF5 filter stores it: 8 bytes decoded size, 4 bytes block size, then the blocks, each
// 4 bytes size and an LZ4 stream; a block that did not get smaller is stored as it is. Sizes are
// big-endian.
#include <algorithm>
#include <cstring>
#include <limits>

#include "filter/decode/bit_reader.hpp"
#include "filter/decode/block_codecs.hpp"
#include "filter/decode/decoder.hpp"

#if HYPERSLAB_HAS_LZ4
#include <lz4.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_LZ4

void lz4_decode(const char* name, Bytes input, Room output) {
    constexpr std::size_t kMax = std::numeric_limits<int>::max();
    if (input.size() > kMax || output.size() > kMax) {
        throw_damaged(name, "a block is larger than LZ4's can be");
    }
    const int written = LZ4_decompress_safe(reinterpret_cast<const char*>(input.data()),
                                            reinterpret_cast<char*>(output.data()),
                                            static_cast<int>(input.size()),
                                            static_cast<int>(output.size()));
    if (written < 0 || static_cast<std::size_t>(written) != output.size()) {
        throw_damaged(name, "a block is damaged");
    }
}

#else

void lz4_decode(const char* name, Bytes, Room) {
    throw_damaged(name, "this build is without liblz4");
}

#endif

namespace {

constexpr auto kName = "lz4";
constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kBlockHeaderBytes = 4;

class Lz4 : public Decoder {
public:
    Bytes decode(Bytes input, Room output, Scratch::State&) const override {
        if (input.size() < kHeaderBytes) {
            throw_damaged(kName, "the chunk is shorter than its header");
        }
        const std::uint64_t size = load_big_endian_64(input.data());
        const std::size_t block_size = load_big_endian_32(input.data() + 8);
        if (size > output.size()) {
            throw_too_much(kName, output.size());
        }
        if (block_size == 0) {
            throw_damaged(kName, "its blocks are empty");
        }
        const Room decoded = output.first(size);
        input = input.subspan(kHeaderBytes);
        for (std::size_t at = 0; at < decoded.size(); at += block_size) {
            input = decode_block(input, decoded.subspan(at, std::min(block_size, size - at)));
        }
        return decoded;
    }

    // A block may be of any size that the writer chose.
    std::size_t most_encoded(std::size_t size) const override { return 2 * size + 4096; }

private:
    // \returns what follows the block
    static Bytes decode_block(Bytes input, Room block) {
        if (input.size() < kBlockHeaderBytes) {
            throw_damaged(kName, "the chunk is cut off");
        }
        const std::size_t stored = load_big_endian_32(input.data());
        input = input.subspan(kBlockHeaderBytes);
        if (stored > input.size()) {
            throw_damaged(kName, "the chunk is cut off");
        }
        if (stored == block.size()) {
            std::memcpy(block.data(), input.data(), stored);
        } else {
            lz4_decode(kName, input.first(stored), block);
        }
        return input.subspan(stored);
    }
};

}  // namespace

DecoderPointer make_lz4() {
    if (!kHasLz4) {
        throw Refusal("filter lz4: this build is without liblz4");
    }
    return std::make_unique<Lz4>();
}

}  // namespace hyperslab::filter
