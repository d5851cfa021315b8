// Where elements with strings or sequences go when they are read.
//
// They point to memory that is not the reader's for long, so they are given a window at a time: a
// file may hold more than memory does.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hyperslab::engine {

class ElementSink {
public:
    virtual ~ElementSink() = default;

    /// `count` elements as libhdf5 has them in memory, from number `first` of the selection on;
    /// they come in order. When it returns, what they point to goes. An engine that fails half-way
    /// is followed by another, which begins with the first element again.
    virtual void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) = 0;
};

}  // namespace hyperslab::engine
