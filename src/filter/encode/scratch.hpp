// Working memory of a thread that encodes: buffers that only grow, and the codecs' own workspaces.
#pragma once

#include <array>
#include <memory>

#include "filter/format/scratch.hpp"

struct libdeflate_compressor;
struct ZSTD_CCtx_s;

namespace hyperslab::filter {

/// What one thread needs while it encodes, kept between calls. Any EncodePipeline may use it, one
/// call at a time.
class EncodeScratch {
public:
    EncodeScratch();
    ~EncodeScratch();
    EncodeScratch(EncodeScratch&& other) noexcept;
    EncodeScratch& operator=(EncodeScratch&& other) noexcept;

    /// Gives the memory of large buffers back (GrowingBuffer::trim).
    void trim();

    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

struct EncodeScratch::State {
    State();
    ~State();

    static constexpr std::size_t kEfforts = 13;

    GrowingBuffer between[2];  // what one stage leaves for the next, in turns
    GrowingBuffer block;       // one block of a filter that works in blocks
    GrowingBuffer planes;      // one block, halfway shuffled
    std::array<libdeflate_compressor*, kEfforts> deflaters{};  // by effort
    ZSTD_CCtx_s* zstd = nullptr;
};

}  // namespace hyperslab::filter
