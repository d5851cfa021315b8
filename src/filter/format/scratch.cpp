#include "filter/format/scratch.hpp"

#if HYPERSLAB_HAS_DEFLATE
#include <libdeflate.h>
#endif
#if HYPERSLAB_HAS_ZSTD
#include <zstd.h>
#endif

namespace hyperslab::filter {

Scratch::State::State() = default;

Scratch::State::~State() {
#if HYPERSLAB_HAS_DEFLATE
    libdeflate_free_decompressor(inflater);
#endif
#if HYPERSLAB_HAS_ZSTD
    ZSTD_freeDCtx(zstd);
#endif
}

Scratch::Scratch() : state_(std::make_unique<State>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&& other) noexcept = default;
Scratch& Scratch::operator=(Scratch&& other) noexcept = default;

void Scratch::trim() {
    for (GrowingBuffer& buffer : state_->between) {
        buffer.trim();
    }
    state_->block.trim();
    state_->planes.trim();
}

}  // namespace hyperslab::filter
