// Fractal heaps, in which groups and objects keep many links and attributes, and the trees that
// lead to what is in them.
#pragma once

#include <cstdint>
#include <vector>

#include "h5boss/raw/source_file.hpp"

namespace hyperslab::apps::h5boss::raw {

/// The records of a B-tree of version 2, in order.
/// \throws Refusal; so does the other one
std::vector<Bytes> records_of(const SourceFile& file, std::uint64_t tree);

class FractalHeap {
public:
    FractalHeap(const SourceFile& file, std::uint64_t address);

    /// An object by the identifier that records have. Blocks are read once.
    Bytes object(std::span<const std::byte> id);
    std::size_t id_size() const { return id_size_; }

private:
    struct Block {
        std::uint64_t offset;  // in the heap
        std::uint64_t size;
        std::uint64_t address;
        Bytes bytes{};
    };

    std::uint64_t row_size(std::size_t row) const;
    void add_blocks(std::uint64_t address, std::uint64_t offset, std::size_t rows, int depth);

    const SourceFile& file_;
    std::size_t id_size_ = 0;
    std::size_t offset_size_ = 0;
    std::uint64_t width_ = 0;
    std::uint64_t first_ = 0;    // the size of the smallest blocks
    std::uint64_t largest_ = 0;  // of the largest direct ones
    std::vector<Block> blocks_;
};

}  // namespace hyperslab::apps::h5boss::raw
