#include "filter/encode/scratch.hpp"

#if HYPERSLAB_HAS_DEFLATE
#include <libdeflate.h>
#endif
#if HYPERSLAB_HAS_ZSTD
#include <zstd.h>
#endif

namespace hyperslab::filter {

EncodeScratch::State::State() = default;

EncodeScratch::State::~State() {
#if HYPERSLAB_HAS_DEFLATE
    for (libdeflate_compressor* const deflater : deflaters) {
        libdeflate_free_compressor(deflater);
    }
#endif
#if HYPERSLAB_HAS_ZSTD
    ZSTD_freeCCtx(zstd);
#endif
}

EncodeScratch::EncodeScratch() : state_(std::make_unique<State>()) {}
EncodeScratch::~EncodeScratch() = default;
EncodeScratch::EncodeScratch(EncodeScratch&& other) noexcept = default;
EncodeScratch& EncodeScratch::operator=(EncodeScratch&& other) noexcept = default;

void EncodeScratch::trim() {
    for (GrowingBuffer& buffer : state_->between) {
        buffer.trim();
    }
    state_->block.trim();
    state_->planes.trim();
}

}  // namespace hyperslab::filter
