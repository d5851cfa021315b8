// Elements with heap references, on their way from the file's form to a sink.
//
// They are taken in windows of as many elements as have their strings and sequences in a few
// megabytes of the global heap. Where values are scattered over the heap, windows are larger, so
// that a collection is not fetched again for each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/facts/element_sink.hpp"
#include "engine/heap/heap_form.hpp"
#include "engine/heap/heap_reader.hpp"

namespace hyperslab::engine {

class HeapWindows {
public:
    /// \param stored  `count` elements as they lie in the file
    HeapWindows(const std::byte* stored,
                std::uint64_t count,
                const HeapForm& form,
                HeapReader& heap)
        : stored_(stored), count_(count), form_(form), heap_(heap) {}

    /// \throws Error (io) when the heap cannot be read, and whatever the sink throws
    void give_to(ElementSink& sink);

private:
    struct Wanted {
        std::uint64_t address;
        std::uint64_t bytes;  // the bytes that it is expected to have
    };

    std::uint64_t choose(std::uint64_t first);
    void add(std::uint64_t element);
    void merge();
    std::uint64_t hold(std::uint64_t first);
    void convert(std::uint64_t first, std::uint64_t count, std::vector<core::Arena>& arenas);

    const std::byte* stored_;
    std::uint64_t count_;
    const HeapForm& form_;
    HeapReader& heap_;
    std::vector<Wanted> wanted_;
    std::uint64_t wanted_bytes_ = 0;
    std::vector<std::byte> elements_;  // elements in memory, which are zeros at first
};

}  // namespace hyperslab::engine
