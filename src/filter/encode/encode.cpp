#include "filter/encode/encode.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <utility>

#include "filter/encode/encoder.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/filter.hpp"

namespace hyperslab::filter {
namespace {

EncoderPointer make_encoder(const Stage& stage, const ChunkTraits& chunk) {
    switch (stage.id) {
        case filter_id::kDeflate:
            return make_deflate_encoder(stage.parameters);
        case filter_id::kShuffle:
            return make_shuffle_encoder(stage.parameters);
        case filter_id::kFletcher32:
            return make_fletcher32_encoder();
        case filter_id::kLzf:
            return make_lzf_encoder();
        case filter_id::kSzip:
            return make_szip_encoder(stage.parameters);
        case kZstd:
            return make_zstd_encoder(stage.parameters);
        case kLz4:
            return make_lz4_encoder(stage.parameters);
        case kBitshuffle:
            return make_bitshuffle_encoder(stage.parameters);
        case kBlosc:
            return make_blosc_encoder(stage.parameters, chunk);
        default:
            throw Refusal("filter " + std::to_string(stage.id) + " is not encoded here");
    }
}

}  // namespace

EncodePipeline::EncodePipeline(const std::vector<Stage>& stages,
                               std::size_t element_size,
                               std::size_t chunk_bytes)
    : chunk_bytes_(chunk_bytes) {
    for (const Stage& stage : stages) {
        try {
            stages_.push_back({make_encoder(stage, {element_size, chunk_bytes}),
                               (stage.flags & kOptionalFlag) != 0,
                               stage.id});
        } catch (const Refusal& refusal) {
            refusal_ = refusal.what();
            return;
        }
    }
}

EncodePipeline::~EncodePipeline() = default;
EncodePipeline::EncodePipeline(EncodePipeline&& other) noexcept = default;
EncodePipeline& EncodePipeline::operator=(EncodePipeline&& other) noexcept = default;

bool EncodePipeline::may_skip() const {
    return std::ranges::any_of(
        stages_, [](const Ready& stage) { return stage.optional && stage.encoder->may_fail(); });
}

void EncodePipeline::tune(Bytes chunk) {
    EncodeScratch scratch;
    std::vector<std::byte> bytes(chunk.begin(), chunk.end());
    for (Ready& stage : stages_) {
        EncoderPointer better = stage.encoder->tuned(bytes);
        if (better != nullptr) {
            stage.encoder = std::move(better);
        }
        if (&stage == &stages_.back()) {
            return;
        }
        std::vector<std::byte> room(stage.encoder->max_encoded(bytes.size()));
        if (const auto made = stage.encoder->encode(bytes, room, scratch.state())) {
            bytes = std::vector<std::byte>(made->begin(), made->end());
        }
    }
}

// The stages write into two buffers by turns. A stage that has nothing to do leaves the bytes where
// they are.
EncodedChunk EncodePipeline::encode(Bytes chunk, EncodeScratch& scratch) const {
    if (!refusal_.empty()) {
        throw Error(ErrorCode::unsupported, refusal_);
    }
    if (chunk.size() != chunk_bytes_) {
        throw Error(ErrorCode::internal, "a chunk of another size is encoded");
    }
    EncodedChunk encoded{chunk, 0};
    std::size_t turn = 0;
    try {
        for (std::size_t i = 0; i < stages_.size(); ++i) {
            const Ready& stage = stages_[i];
            const Room room = scratch.state().between[turn].of_size(
                stage.encoder->max_encoded(encoded.bytes.size()));
            const std::optional<Bytes> made =
                stage.encoder->encode(encoded.bytes, room, scratch.state());
            if (!made && !stage.optional) {
                throw Error(ErrorCode::io,
                            "filter " + std::to_string(stage.id) + " cannot encode the chunk");
            }
            if (!made) {
                encoded.skipped |= 1U << i;
                continue;
            }
            turn = made->data() == room.data() ? 1 - turn : turn;
            encoded.bytes = *made;
        }
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::out_of_memory,
                    "no memory to encode a chunk of " + std::to_string(chunk_bytes_) + " bytes");
    }
    return encoded;
}

}  // namespace hyperslab::filter
