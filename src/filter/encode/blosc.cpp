// Blosc, version 1 of its format, made by the library c-blosc.
#include <array>

#include "filter/encode/encoder.hpp"

#if HYPERSLAB_HAS_BLOSC
#include <blosc.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_BLOSC
namespace {

struct Settings {
    std::size_t element_size;
    int level;
    int shuffle;
    const char* codec;
};

class Blosc final : public Encoder {
public:
    explicit Blosc(const Settings& settings) : settings_(settings) {}

    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        const int written = blosc_compress_ctx(settings_.level,
                                               settings_.shuffle,
                                               settings_.element_size,
                                               input.size(),
                                               input.data(),
                                               output.data(),
                                               input.size(),  // not larger, or it is not worth it
                                               settings_.codec,
                                               0,
                                               1);
        return written <= 0 ? std::nullopt
                            : std::optional<Bytes>(output.first(static_cast<std::size_t>(written)));
    }

    std::size_t max_encoded(std::size_t size) const override { return size; }

private:
    Settings settings_;
};

// By the numbers of the filter's parameter.
constexpr std::array<const char*, 6> kCodecs = {
    BLOSC_BLOSCLZ_COMPNAME,
    BLOSC_LZ4_COMPNAME,
    BLOSC_LZ4HC_COMPNAME,
    BLOSC_SNAPPY_COMPNAME,
    BLOSC_ZLIB_COMPNAME,
    BLOSC_ZSTD_COMPNAME,
};

constexpr unsigned kHighestLevel = 9;
constexpr unsigned kDefaultLevel = 5;

}  // namespace

EncoderPointer make_blosc_encoder(const Parameters& parameters, const ChunkTraits& chunk) {
    const auto parameter = [&](std::size_t place, unsigned otherwise) {
        return place < parameters.size() ? parameters[place] : otherwise;
    };
    const unsigned element_size = parameter(2, 0);
    const unsigned level = parameter(4, kDefaultLevel);
    const unsigned shuffle = parameter(5, BLOSC_SHUFFLE);
    const unsigned codec = parameter(6, 0);
    if (element_size == 0 || level > kHighestLevel || shuffle > BLOSC_BITSHUFFLE ||
        codec >= kCodecs.size() || chunk.chunk_bytes > BLOSC_MAX_BUFFERSIZE) {
        throw Refusal("filter blosc: its parameters are out of range");
    }
    const char* name = nullptr;
    if (blosc_compcode_to_compname(blosc_compname_to_compcode(kCodecs[codec]), &name) < 0) {
        throw Refusal("filter blosc: this build's c-blosc is without the codec that it uses");
    }
    return std::make_unique<Blosc>(
        Settings{element_size, static_cast<int>(level), static_cast<int>(shuffle), kCodecs[codec]});
}

#else

EncoderPointer make_blosc_encoder(const Parameters&, const ChunkTraits&) {
    throw Refusal("filter blosc: this build is without c-blosc");
}

#endif

}  // namespace hyperslab::filter
