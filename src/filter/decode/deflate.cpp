// Deflate as HDF5 stores it: one zlib stream, whose own checksum is verified.
#include <new>

#include "filter/decode/block_codecs.hpp"
#include "filter/decode/decoder.hpp"

#if HYPERSLAB_HAS_DEFLATE
#include <libdeflate.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_DEFLATE

Bytes inflate(const char* name, Bytes input, Room output, Scratch::State& scratch) {
    if (scratch.inflater == nullptr) {
        scratch.inflater = libdeflate_alloc_decompressor();
        if (scratch.inflater == nullptr) {
            throw std::bad_alloc();
        }
    }
    std::size_t used = 0;
    std::size_t written = 0;
    // What follows the stream's end is ignored, as zlib and so libhdf5 do.
    const libdeflate_result result = libdeflate_zlib_decompress_ex(scratch.inflater,
                                                                   input.data(),
                                                                   input.size(),
                                                                   output.data(),
                                                                   output.size(),
                                                                   &used,
                                                                   &written);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
        throw_too_much(name, output.size());
    }
    if (result != LIBDEFLATE_SUCCESS) {
        throw_damaged(name, "the stream is damaged or cut off");
    }
    return output.first(written);
}

namespace {

constexpr unsigned kHighestLevel = 9;

class Deflate : public Decoder {
public:
    Bytes decode(Bytes input, Room output, Scratch::State& scratch) const override {
        return inflate("deflate", input, output, scratch);
    }
};

}  // namespace

DecoderPointer make_deflate(const Parameters& parameters) {
    if (parameters.size() != 1 || parameters[0] > kHighestLevel) {
        throw Refusal("filter deflate: its parameter is no level from 0 to 9");
    }
    return std::make_unique<Deflate>();
}

#else

Bytes inflate(const char* name, Bytes, Room, Scratch::State&) {
    throw_damaged(name, "this build is without libdeflate");
}

DecoderPointer make_deflate(const Parameters&) {
    throw Refusal("filter deflate: this build is without libdeflate");
}

#endif

}  // namespace hyperslab::filter
