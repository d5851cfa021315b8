// Szip as HDF5 stores it: the size before in four bytes, little-endian, then libsz's stream.
#include <array>
#include <new>

#include "filter/encode/encoder.hpp"
#include "filter/format/szip.hpp"

#if HYPERSLAB_HAS_SZIP
extern "C" {  // libaec before 1.1 does not say so itself
#include <szlib.h>
}
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_SZIP
namespace {

constexpr std::size_t kHeaderBytes = 4;

class Szip final : public Encoder {
public:
    explicit Szip(const SZ_com_t& parameters) : parameters_(parameters) {}

    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        for (std::size_t i = 0; i < kHeaderBytes; ++i) {
            output[i] = static_cast<std::byte>(input.size() >> (8 * i));
        }
        SZ_com_t parameters = parameters_;  // libsz takes them by a pointer that is not const
        std::size_t written = output.size() - kHeaderBytes;
        const int status = SZ_BufftoBuffCompress(
            output.data() + kHeaderBytes, &written, input.data(), input.size(), &parameters);
        if (status == SZ_MEM_ERROR) {
            throw std::bad_alloc();
        }
        return status != SZ_OK ? std::nullopt
                               : std::optional<Bytes>(output.first(kHeaderBytes + written));
    }

    bool may_fail() const override { return true; }

    std::size_t max_encoded(std::size_t size) const override { return size + kHeaderBytes; }

private:
    SZ_com_t parameters_;
};

}  // namespace

EncoderPointer make_szip_encoder(const Parameters& parameters) {
    if (parameters.size() != 4) {
        throw Refusal("filter szip: four parameters are expected");
    }
    const auto [mask, block, bits, scanline] =
        std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    if (!szip_parameters_fit(mask, block, bits, scanline)) {
        throw Refusal("filter szip: its parameters are out of range");
    }
    return std::make_unique<Szip>(SZ_com_t{.options_mask = static_cast<int>(mask),
                                           .bits_per_pixel = static_cast<int>(bits),
                                           .pixels_per_block = static_cast<int>(block),
                                           .pixels_per_scanline = static_cast<int>(scanline)});
}

#else

EncoderPointer make_szip_encoder(const Parameters&) {
    throw Refusal("filter szip: this build is without libaec");
}

#endif

}  // namespace hyperslab::filter
