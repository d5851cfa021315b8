// One stage of a pipeline made ready to encode.
//
// Each filter has a class of its own behind make_<name>_encoder, which reads the stage's parameters
// once and throws Refusal when they mean nothing that could be encoded here. Nothing outside this
// room sees this header.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "filter/encode/scratch.hpp"
#include "filter/format/stage.hpp"

namespace hyperslab::filter {

class Encoder {
public:
    virtual ~Encoder() = default;

    /// Encodes `input`, using no more than `output`, which has max_encoded(input.size()) bytes.
    /// \returns the encoded bytes: the beginning of `output`, or `input` itself when nothing is to
    ///     be done; empty optional where libhdf5's filter fails, as the data cannot be made smaller
    virtual std::optional<Bytes> encode(Bytes input,
                                        Room output,
                                        EncodeScratch::State& scratch) const = 0;

    /// Whether there are data that it cannot encode.
    virtual bool may_fail() const { return false; }

    /// An encoder that takes less time for data like the sample, and makes at most as many bytes of
    /// it as libhdf5's filter does; null when there is none.
    virtual std::unique_ptr<const Encoder> tuned(Bytes /*sample*/) const { return nullptr; }

    /// The number of bytes that encoding `size` bytes may need.
    virtual std::size_t max_encoded(std::size_t size) const = 0;
};

using EncoderPointer = std::unique_ptr<const Encoder>;

EncoderPointer make_deflate_encoder(const Parameters& parameters);
EncoderPointer make_shuffle_encoder(const Parameters& parameters);
EncoderPointer make_fletcher32_encoder();
EncoderPointer make_lzf_encoder();
EncoderPointer make_szip_encoder(const Parameters& parameters);
EncoderPointer make_zstd_encoder(const Parameters& parameters);
EncoderPointer make_lz4_encoder(const Parameters& parameters);
EncoderPointer make_bitshuffle_encoder(const Parameters& parameters);
EncoderPointer make_blosc_encoder(const Parameters& parameters, const ChunkTraits& chunk);

}  // namespace hyperslab::filter
