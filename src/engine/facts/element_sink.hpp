// Where elements with strings or sequences go when they are read.
//
// They point to memory that is soon used again, so they are given a window at a time: a file may
// hold more than fits into memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hyperslab::engine {

class ElementSink {
public:
    virtual ~ElementSink() = default;

    /// Takes `count` elements as libhdf5 has them in memory, from number `first` of the selection
    /// on. They come in order. What they point to is freed when take() returns. After an engine
    /// that fails half-way another one begins with the first element again.
    virtual void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) = 0;
};

}  // namespace hyperslab::engine
