// Deflate as HDF5 stores it: one zlib stream.
#include <new>

#include "filter/encode/block_encoders.hpp"

#if HYPERSLAB_HAS_DEFLATE
#include <libdeflate.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_DEFLATE

std::optional<std::size_t> deflate_encode(Bytes input,
                                          Room output,
                                          unsigned level,
                                          EncodeScratch::State& scratch) {
    libdeflate_compressor*& compressor = scratch.deflaters[level];
    if (compressor == nullptr) {
        compressor = libdeflate_alloc_compressor(static_cast<int>(level));
        if (compressor == nullptr) {
            throw std::bad_alloc();
        }
    }
    const std::size_t written = libdeflate_zlib_compress(
        compressor, input.data(), input.size(), output.data(), output.size());
    return written == 0 ? std::nullopt : std::optional(written);
}

namespace {

constexpr unsigned kHighestLevel = 9;

// The bytes that libhdf5 gives zlib: a chunk that needs more is one that deflate cannot shrink.
std::size_t room_in_libhdf5(std::size_t size) { return size + size / 1000 + 13; }

class Deflate final : public Encoder {
public:
    explicit Deflate(unsigned level) : level_(level) {}

    std::optional<Bytes> encode(Bytes input,
                                Room output,
                                EncodeScratch::State& scratch) const override {
        const auto written = deflate_encode(input, output, level_, scratch);
        return written ? std::optional<Bytes>(output.first(*written)) : std::nullopt;
    }

    std::size_t max_encoded(std::size_t size) const override { return room_in_libhdf5(size); }

private:
    unsigned level_;
};

}  // namespace

EncoderPointer make_deflate_encoder(const Parameters& parameters) {
    if (parameters.size() != 1 || parameters[0] > kHighestLevel) {
        throw Refusal("filter deflate: its parameter is no level from 0 to 9");
    }
    return std::make_unique<Deflate>(parameters[0]);
}

#else

std::optional<std::size_t> deflate_encode(Bytes, Room, unsigned, EncodeScratch::State&) {
    return std::nullopt;
}

EncoderPointer make_deflate_encoder(const Parameters&) {
    throw Refusal("filter deflate: this build is without libdeflate");
}

#endif

}  // namespace hyperslab::filter
