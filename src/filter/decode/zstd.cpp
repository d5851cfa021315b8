// Zstandard: each chunk is one frame.
#include <new>

#include "filter/decode/block_codecs.hpp"
#include "filter/decode/decoder.hpp"

#if HYPERSLAB_HAS_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

namespace hyperslab::filter {

#if HYPERSLAB_HAS_ZSTD

Bytes zstd_decode(const char* name, Bytes input, Room output, Scratch::State& scratch) {
    if (scratch.zstd == nullptr) {
        scratch.zstd = ZSTD_createDCtx();
        if (scratch.zstd == nullptr) {
            throw std::bad_alloc();
        }
    }
    // The frame is decoded at once into its place, so no window is allocated, whatever size the
    // frame asks for.
    const std::size_t result =
        ZSTD_decompressDCtx(scratch.zstd, output.data(), output.size(), input.data(), input.size());
    if (ZSTD_isError(result) == 0) {
        return output.first(result);
    }
    if (ZSTD_getErrorCode(result) == ZSTD_error_dstSize_tooSmall) {
        throw_too_much(name, output.size());
    }
    throw_damaged(name, std::string("the stream is damaged: ") + ZSTD_getErrorName(result));
}

#else

Bytes zstd_decode(const char* name, Bytes, Room, Scratch::State&) {
    throw_damaged(name, "this build is without libzstd");
}

#endif

namespace {

class Zstd : public Decoder {
public:
    Bytes decode(Bytes input, Room output, Scratch::State& scratch) const override {
        return zstd_decode("zstd", input, output, scratch);
    }
};

}  // namespace

DecoderPointer make_zstd() {
    if (!kHasZstd) {
        throw Refusal("filter zstd: this build is without libzstd");
    }
    return std::make_unique<Zstd>();
}

}  // namespace hyperslab::filter
