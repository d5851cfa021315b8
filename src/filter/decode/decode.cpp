#include "filter/decode/decode.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "filter/decode/decoder.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/filter.hpp"

namespace hyperslab::filter {
namespace {

// Stands for a stage that cannot be decoded; chunks that skip it can.
class RefusedStage : public Decoder {
public:
    explicit RefusedStage(std::string why) : why_(std::move(why)) {}

    Bytes decode(Bytes, Room, Scratch::State&) const override {
        throw Error(ErrorCode::unsupported, why_);
    }

private:
    std::string why_;
};

DecoderPointer make_decoder(const Stage& stage, const ChunkTraits& chunk) {
    switch (stage.id) {
        case filter_id::kDeflate:
            return make_deflate(stage.parameters);
        case filter_id::kShuffle:
            return make_shuffle(stage.parameters);
        case filter_id::kFletcher32:
            return make_fletcher32();
        case filter_id::kLzf:
            return make_lzf();
        case filter_id::kSzip:
            return make_szip(stage.parameters);
        case filter_id::kNbit:
            return make_nbit(stage.parameters, chunk);
        case filter_id::kScaleoffset:
            return make_scaleoffset(stage.parameters, chunk);
        case kZstd:
            return make_zstd();
        case kLz4:
            return make_lz4();
        case kBitshuffle:
            return make_bitshuffle(stage.parameters);
        case kBlosc:
            return make_blosc();
        default:
            throw Refusal("filter " + std::to_string(stage.id) + " is not known here");
    }
}

}  // namespace

void throw_damaged(const char* name, const std::string& why) {
    throw Error(ErrorCode::io, std::string("filter ") + name + ": " + why);
}

void throw_too_much(const char* name, std::size_t room) {
    throw_damaged(name,
                  "the data hold more than the " + std::to_string(room) + " bytes that they may");
}

Pipeline::Pipeline(const std::vector<Stage>& stages,
                   std::size_t element_size,
                   std::size_t chunk_bytes)
    : chunk_bytes_(chunk_bytes) {
    for (const Stage& stage : stages) {
        try {
            decoders_.push_back(make_decoder(stage, {element_size, chunk_bytes}));
        } catch (const Refusal& refusal) {
            decoders_.push_back(std::make_unique<RefusedStage>(refusal.what()));
            if (refusal_.empty()) {
                refusal_ = refusal.what();
            }
        }
    }
}

Pipeline::~Pipeline() = default;
Pipeline::Pipeline(Pipeline&& other) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&& other) noexcept = default;

bool Pipeline::empty() const { return decoders_.empty(); }

const std::string& Pipeline::refusal() const { return refusal_; }

// Stages are undone from the last to the first. The one undone last decodes into `output`, the
// others into two buffers in turns, which may hold as much as the stages before them can have made.
Bytes Pipeline::undo(Bytes stored, unsigned skipped, Room output, Scratch::State& scratch) const {
    std::size_t first = 0;
    while (first < decoders_.size() && is_skipped(skipped, first)) {
        ++first;
    }
    std::size_t turn = 0;
    for (std::size_t stage = decoders_.size(); stage-- > first;) {
        if (is_skipped(skipped, stage)) {
            continue;
        }
        const Room room =
            stage == first ? output : scratch.between[turn].of_size(most_before(stage, skipped));
        stored = decoders_[stage]->decode(stored, room, scratch);
        if (stored.data() == room.data()) {
            turn = 1 - turn;  // otherwise the stage only took something off
        }
    }
    return stored;
}

std::size_t Pipeline::most_before(std::size_t stage, unsigned skipped) const {
    std::size_t size = chunk_bytes_;
    for (std::size_t i = 0; i < stage; ++i) {
        size = is_skipped(skipped, i) ? size : decoders_[i]->most_encoded(size);
    }
    return size;
}

void Pipeline::decode(
    Bytes stored, unsigned skipped, Room output, Scratch& scratch, std::size_t needed) const {
    if (output.size() != chunk_bytes_) {
        throw Error(ErrorCode::internal, "a chunk is decoded into memory of another size");
    }
    Bytes decoded;
    try {
        decoded = undo(stored, skipped, output, scratch.state());
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::out_of_memory,
                    "no memory to decode a chunk of " + std::to_string(chunk_bytes_) + " bytes");
    }
    if (decoded.size() > chunk_bytes_ || decoded.size() < needed) {
        throw Error(ErrorCode::io,
                    "the chunk holds " + std::to_string(decoded.size()) + " bytes where " +
                        std::to_string(chunk_bytes_) + " are expected");
    }
    if (decoded.data() != output.data()) {
        std::ranges::copy(decoded, output.begin());
    }
    std::ranges::fill(output.subspan(decoded.size()), std::byte{0});
}

}  // namespace hyperslab::filter
