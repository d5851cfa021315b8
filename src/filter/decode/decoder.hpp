// One stage of a pipeline made ready to decode.
//
// Each filter has a class of its own behind make_<name>, which reads the stage's parameters once
// and throws Refusal when they mean nothing that could be decoded here. Nothing outside this room
// sees this header.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "filter/format/scratch.hpp"
#include "filter/format/stage.hpp"

namespace hyperslab::filter {

class Decoder {
public:
    virtual ~Decoder() = default;

    /// Decodes `input`, using no more than `output`.
    /// \returns the decoded bytes: the beginning of `output`, or a part of `input`
    /// \throws Error (io) when the bytes are not what this filter writes, or need more room
    virtual Bytes decode(Bytes input, Room output, Scratch::State& scratch) const = 0;

    /// The maximum number of bytes that this filter is expected to make of `size` bytes when it
    /// encodes.
    ///
    /// The default is generous for any compressor; it bounds the memory between two of them.
    virtual std::size_t most_encoded(std::size_t size) const { return size + size / 8 + 4096; }
};

using DecoderPointer = std::unique_ptr<const Decoder>;

DecoderPointer make_deflate(const Parameters& parameters);
DecoderPointer make_shuffle(const Parameters& parameters);
DecoderPointer make_fletcher32();
DecoderPointer make_lzf();
DecoderPointer make_szip(const Parameters& parameters);
DecoderPointer make_nbit(const Parameters& parameters, const ChunkTraits& chunk);
DecoderPointer make_scaleoffset(const Parameters& parameters, const ChunkTraits& chunk);
DecoderPointer make_zstd();
DecoderPointer make_lz4();
DecoderPointer make_bitshuffle(const Parameters& parameters);
DecoderPointer make_blosc();

/// \throws Error (io) "filter <name>: <why>"
[[noreturn]] void throw_damaged(const char* name, const std::string& why);

/// Throws the error for a stream that holds more than it may.
[[noreturn]] void throw_too_much(const char* name, std::size_t room);

}  // namespace hyperslab::filter
