// Zstandard: each chunk is one frame.
#include <algorithm>

#include "filter/encode/block_encoders.hpp"

#if HYPERSLAB_HAS_ZSTD
#include <zstd.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_ZSTD

std::optional<std::size_t> zstd_encode(Bytes input,
                                       Room output,
                                       int level,
                                       EncodeScratch::State& scratch) {
    if (scratch.zstd == nullptr) {
        scratch.zstd = ZSTD_createCCtx();
        if (scratch.zstd == nullptr) {
            throw std::bad_alloc();
        }
    }
    const std::size_t written = ZSTD_compressCCtx(
        scratch.zstd, output.data(), output.size(), input.data(), input.size(), level);
    return ZSTD_isError(written) != 0 ? std::nullopt : std::optional(written);
}

std::size_t zstd_max_encoded(std::size_t size) { return ZSTD_compressBound(size); }

namespace {

// The limits that the filter itself has.
constexpr int kDefaultLevel = 3;
constexpr int kLowestLevel = 1;

class Zstd final : public Encoder {
public:
    explicit Zstd(int level) : level_(level) {}

    std::optional<Bytes> encode(Bytes input,
                                Room output,
                                EncodeScratch::State& scratch) const override {
        const auto written = zstd_encode(input, output, level_, scratch);
        return written ? std::optional<Bytes>(output.first(*written)) : std::nullopt;
    }

    std::size_t max_encoded(std::size_t size) const override { return zstd_max_encoded(size); }

private:
    int level_;
};

}  // namespace

EncoderPointer make_zstd_encoder(const Parameters& parameters) {
    const int asked = parameters.empty() ? kDefaultLevel : static_cast<int>(parameters[0]);
    return std::make_unique<Zstd>(std::clamp(asked, kLowestLevel, ZSTD_maxCLevel()));
}

#else

std::optional<std::size_t> zstd_encode(Bytes, Room, int, EncodeScratch::State&) {
    return std::nullopt;
}
std::size_t zstd_max_encoded(std::size_t size) { return size; }

EncoderPointer make_zstd_encoder(const Parameters&) {
    throw Refusal("filter zstd: this build is without libzstd");
}

#endif

}  // namespace hyperslab::filter
