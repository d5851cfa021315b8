// Szip as HDF5 stores it: the decoded size in four bytes, little-endian, then libsz's stream.
#include <array>
#include <new>

#include "filter/decode/decoder.hpp"
#include "filter/format/szip.hpp"

#if HYPERSLAB_HAS_SZIP
extern "C" {  // libaec before 1.1 does not say so itself
#include <szlib.h>
}
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_SZIP
static_assert(kSzipMostPixelsPerBlock == SZ_MAX_PIXELS_PER_BLOCK &&
              kSzipMostPixelsPerScanline == SZ_MAX_PIXELS_PER_SCANLINE);

namespace {

constexpr auto kName = "szip";
constexpr std::size_t kHeaderBytes = 4;

class Szip : public Decoder {
public:
    explicit Szip(const SZ_com_t& parameters) : parameters_(parameters) {}

    Bytes decode(Bytes input, Room output, Scratch::State&) const override {
        if (input.size() < kHeaderBytes) {
            throw_damaged(kName, "the chunk is shorter than its header");
        }
        std::size_t size = 0;
        for (std::size_t i = 0; i < kHeaderBytes; ++i) {
            size |= std::to_integer<std::size_t>(input[i]) << (8 * i);
        }
        if (size > output.size()) {
            throw_too_much(kName, output.size());
        }
        const Bytes stream = input.subspan(kHeaderBytes);
        SZ_com_t parameters = parameters_;  // libsz takes them by a pointer that is not const
        std::size_t written = size;
        const int status = SZ_BufftoBuffDecompress(
            output.data(), &written, stream.data(), stream.size(), &parameters);
        if (status == SZ_MEM_ERROR) {
            throw std::bad_alloc();
        }
        if (status != SZ_OK || written != size) {
            throw_damaged(kName, "the stream is damaged or cut off");
        }
        return output.first(size);
    }

private:
    SZ_com_t parameters_;
};

}  // namespace

DecoderPointer make_szip(const Parameters& parameters) {
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

DecoderPointer make_szip(const Parameters&) {
    throw Refusal("filter szip: this build is without libaec");
}

#endif

}  // namespace hyperslab::filter
