// The chunks of a dataset that were stored past libhdf5 not long ago.
//
// A program that writes the same chunk again and again is served by libhdf5's chunk cache, which
// encodes it once in the end. So whoever stores a chunk remembers it here, and leaves the chunk to
// libhdf5 the next time. It remembers about as many chunks as it has slots.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace hyperslab::engine {

class WrittenChunks {
public:
    bool contains(std::uint64_t number) const { return slots_[slot(number)] == number + 1; }
    void add(std::uint64_t number) { slots_[slot(number)] = number + 1; }

private:
    static constexpr std::size_t kSlots = 256;

    static std::size_t slot(std::uint64_t number) { return number % kSlots; }

    std::array<std::uint64_t, kSlots> slots_{};
};

}  // namespace hyperslab::engine
