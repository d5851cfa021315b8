// Bitshuffle: blocks of elements, each bit-shuffled by itself and maybe compressed; elements at the
// end that do not make eight are stored as they are. Compressed, a chunk begins with 8 bytes size
// and 4 bytes block size, and each block with 4 bytes of its own; all big-endian.
#include "filter/format/bitshuffle.hpp"

#include <algorithm>
#include <cstring>

#include "filter/encode/block_encoders.hpp"
#include "filter/format/big_endian.hpp"
#include "filter/format/codecs.hpp"

namespace hyperslab::filter {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kBlockHeaderBytes = 4;

enum class Compression : unsigned { none = 0, lz4 = 2, zstd = 3 };

struct Settings {
    std::size_t element_size;
    std::size_t block;  // elements
    Compression compression;
    int zstd_level;
};

class Bitshuffle final : public Encoder {
public:
    explicit Bitshuffle(const Settings& settings) : settings_(settings) {}

    std::optional<Bytes> encode(Bytes input,
                                Room output,
                                EncodeScratch::State& scratch) const override {
        const std::size_t element = settings_.element_size;
        if (input.size() % element != 0) {
            return std::nullopt;
        }
        std::size_t used = 0;
        if (settings_.compression != Compression::none) {
            store_big_endian_64(input.size(), output.data());
            store_big_endian_32(static_cast<std::uint32_t>(settings_.block * element),
                                output.data() + 8);
            used = kHeaderBytes;
        }
        while (input.size() / element >= kBitshuffleMultiple) {
            const std::size_t whole =
                input.size() / element / kBitshuffleMultiple * kBitshuffleMultiple;
            const std::size_t bytes = std::min(settings_.block, whole) * element;
            const auto stored = encode_block(input.first(bytes), output.subspan(used), scratch);
            if (!stored) {
                return std::nullopt;
            }
            used += *stored;
            input = input.subspan(bytes);
        }
        if (!input.empty()) {
            std::memcpy(output.data() + used, input.data(), input.size());
        }
        return output.first(used + input.size());
    }

    std::size_t max_encoded(std::size_t size) const override {
        const std::size_t blocks = size / (settings_.block * settings_.element_size) + 2;
        const std::size_t most = std::max(lz4_max_encoded(size), zstd_max_encoded(size));
        return kHeaderBytes + most + blocks * (kBlockHeaderBytes + kBlockMargin);
    }

private:
    // The number of bytes that a codec may add to a block.
    static constexpr std::size_t kBlockMargin = 1024;

    std::optional<std::size_t> encode_block(Bytes block,
                                            Room output,
                                            EncodeScratch::State& scratch) const {
        const Room planes = scratch.planes.of_size(block.size());
        if (settings_.compression == Compression::none) {
            bit_shuffle(block, settings_.element_size, output, planes);
            return block.size();
        }
        const Room shuffled = scratch.block.of_size(block.size());
        bit_shuffle(block, settings_.element_size, shuffled, planes);
        const Room room = output.subspan(kBlockHeaderBytes);
        const std::optional<std::size_t> stored =
            settings_.compression == Compression::lz4
                ? lz4_encode(shuffled, room)
                : zstd_encode(shuffled, room, settings_.zstd_level, scratch);
        if (!stored) {
            return std::nullopt;
        }
        store_big_endian_32(static_cast<std::uint32_t>(*stored), output.data());
        return kBlockHeaderBytes + *stored;
    }

    Settings settings_;
};

}  // namespace

EncoderPointer make_bitshuffle_encoder(const Parameters& parameters) {
    const auto parameter = [&](std::size_t place) {
        return place < parameters.size() ? parameters[place] : 0;
    };
    const std::size_t element_size = parameter(2);
    const std::size_t block = parameter(3);
    const unsigned compression = parameter(4);
    if (element_size == 0 || block % kBitshuffleMultiple != 0) {
        throw Refusal("filter bitshuffle: its parameters are no sizes of elements and blocks");
    }
    if (compression == 1 || compression > 3) {
        throw Refusal("filter bitshuffle: its compression is unknown");
    }
    if ((compression == 2 && !kHasLz4) || (compression == 3 && !kHasZstd)) {
        throw Refusal("filter bitshuffle: this build is without the compression it uses");
    }
    return std::make_unique<Bitshuffle>(
        Settings{element_size,
                 block == 0 ? default_bitshuffle_block(element_size) : block,
                 static_cast<Compression>(compression),
                 static_cast<int>(parameter(5))});
}

}  // namespace hyperslab::filter
