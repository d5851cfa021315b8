// The filter lzf.
#include "filter/format/lzf.hpp"

#include "filter/encode/encoder.hpp"

namespace hyperslab::filter {
namespace {

class Lzf final : public Encoder {
public:
    std::optional<Bytes> encode(Bytes input, Room output, EncodeScratch::State&) const override {
        const std::optional<std::size_t> written = lzf_compress_chunk(input, output);
        return written ? std::optional<Bytes>(output.first(*written)) : std::nullopt;
    }

    bool may_fail() const override { return true; }

    std::size_t max_encoded(std::size_t size) const override { return size; }
};

}  // namespace

EncoderPointer make_lzf_encoder() { return std::make_unique<Lzf>(); }

}  // namespace hyperslab::filter
