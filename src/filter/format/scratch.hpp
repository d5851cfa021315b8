// Working memory of a thread that decodes: buffers that only grow, and the codecs' own workspaces.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>

struct libdeflate_decompressor;
struct ZSTD_DCtx_s;

namespace hyperslab::filter {

/// Memory that is not initialised, begins on a cache line, and keeps the largest size that was
/// asked for.
class GrowingBuffer {
public:
    /// \returns `size` bytes that hold anything
    std::span<std::byte> of_size(std::size_t size) {
        if (size > size_) {
            memory_.reset();
            size_ = 0;
            memory_.reset(static_cast<std::byte*>(::operator new(size, kLine)));
            size_ = size;
        }
        return {memory_.get(), size};
    }

    /// Gives the memory back when it is more than a thread should keep for its next chunk.
    void trim() {
        if (size_ > kMaxKeptBytes) {
            memory_.reset();
            size_ = 0;
        }
    }

    static constexpr std::size_t kMaxKeptBytes = std::size_t{64} << 20;

private:
    static constexpr std::align_val_t kLine{64};
    struct Release {
        void operator()(std::byte* memory) const { ::operator delete(memory, kLine); }
    };

    std::unique_ptr<std::byte, Release> memory_;
    std::size_t size_ = 0;
};

/// What one thread needs while it decodes: buffers and decompressors, kept between calls.
///
/// Any Pipeline may use it, one call at a time.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(Scratch&& other) noexcept;
    Scratch& operator=(Scratch&& other) noexcept;

    /// Gives the memory of large buffers back (GrowingBuffer::trim).
    void trim();

    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

struct Scratch::State {
    State();
    ~State();

    GrowingBuffer between[2];  // what one stage leaves for the next, in turns
    GrowingBuffer block;       // one block of a filter that works in blocks
    GrowingBuffer planes;      // one block, halfway unshuffled
    libdeflate_decompressor* inflater = nullptr;
    ZSTD_DCtx_s* zstd = nullptr;
};

}  // namespace hyperslab::filter
