// LZ4 as its HDF5 filter stores it: 8 bytes size, 4 bytes block size, then the blocks, each 4 bytes
// size and an LZ4 block; a block that did not get smaller is stored as it is. Sizes are big-endian.
#include <algorithm>
#include <cstring>
#include <limits>

#include "filter/encode/block_encoders.hpp"
#include "filter/format/big_endian.hpp"
#include "filter/format/codecs.hpp"

#if HYPERSLAB_HAS_LZ4
#include <lz4.h>
#include <lz4hc.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_LZ4

std::optional<std::size_t> lz4_encode(Bytes input, Room output) {
    constexpr std::size_t kMax = std::numeric_limits<int>::max();
    if (input.size() > kMax) {
        return std::nullopt;
    }
    const int written = LZ4_compress_default(reinterpret_cast<const char*>(input.data()),
                                             reinterpret_cast<char*>(output.data()),
                                             static_cast<int>(input.size()),
                                             static_cast<int>(std::min(output.size(), kMax)));
    return written <= 0 ? std::nullopt : std::optional(static_cast<std::size_t>(written));
}

std::optional<std::size_t> lz4_encode_hard(Bytes input, Room output, int effort) {
    constexpr std::size_t kMax = std::numeric_limits<int>::max();
    if (input.size() > kMax) {
        return std::nullopt;
    }
    const int written = LZ4_compress_HC(reinterpret_cast<const char*>(input.data()),
                                        reinterpret_cast<char*>(output.data()),
                                        static_cast<int>(input.size()),
                                        static_cast<int>(std::min(output.size(), kMax)),
                                        effort);
    return written <= 0 ? std::nullopt : std::optional(static_cast<std::size_t>(written));
}

std::size_t lz4_max_encoded(std::size_t size) { return size + size / 255 + 16; }

#else

std::optional<std::size_t> lz4_encode_hard(Bytes, Room, int) { return std::nullopt; }

std::optional<std::size_t> lz4_encode(Bytes, Room) { return std::nullopt; }
std::size_t lz4_max_encoded(std::size_t size) { return size; }

#endif

namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kBlockHeaderBytes = 4;
constexpr std::size_t kDefaultBlock = std::size_t{1} << 30;

class Lz4 final : public Encoder {
public:
    explicit Lz4(std::size_t block) : block_(block) {}

    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        const std::size_t block = std::min(block_, input.size());
        store_big_endian_64(input.size(), output.data());
        store_big_endian_32(static_cast<std::uint32_t>(block), output.data() + 8);
        std::size_t used = kHeaderBytes;
        for (std::size_t at = 0; at < input.size(); at += block) {
            const Bytes part = input.subspan(at, std::min(block, input.size() - at));
            used += encode_block(part, output.subspan(used));
        }
        return output.first(used);
    }

    std::size_t max_encoded(std::size_t size) const override {
        const std::size_t blocks = size / std::max<std::size_t>(block_, 1) + 1;
        return kHeaderBytes + blocks * kBlockHeaderBytes + lz4_max_encoded(size);
    }

private:
    static std::size_t encode_block(Bytes part, Room output) {
        const Room room = output.subspan(kBlockHeaderBytes);
        std::size_t stored = lz4_encode(part, room).value_or(part.size());
        if (stored >= part.size()) {
            stored = part.size();
            std::memcpy(room.data(), part.data(), stored);
        }
        store_big_endian_32(static_cast<std::uint32_t>(stored), output.data());
        return kBlockHeaderBytes + stored;
    }

    std::size_t block_;
};

}  // namespace

EncoderPointer make_lz4_encoder(const Parameters& parameters) {
    if (!kHasLz4) {
        throw Refusal("filter lz4: this build is without liblz4");
    }
    const std::size_t asked = parameters.empty() ? 0 : parameters[0];
    if (asked > std::numeric_limits<int>::max()) {
        throw Refusal("filter lz4: its blocks are larger than LZ4's can be");
    }
    return std::make_unique<Lz4>(asked == 0 ? kDefaultBlock : asked);
}

}  // namespace hyperslab::filter
