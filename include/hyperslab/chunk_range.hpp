// Chunks: the pieces that a chunked dataset is stored in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

/// The place of a stored chunk in the file.
struct StoredChunk {
    Shape offset;                          ///< its first element
    unsigned filter_mask = 0;              ///< a bit for each filter that it was not put through
    std::optional<std::uint64_t> address;  ///< in the file, in bytes
    std::uint64_t bytes = 0;               ///< in the file
};

/// A chunk as it lies in the file.
struct RawChunk {
    std::vector<std::byte> bytes;
    unsigned filter_mask = 0;
};

/// The parts of a box of elements that lie in one chunk each.
///
///     for (const hs::Selection& part : dataset.chunk_range()) { … dataset.read<float>(part) … }
class ChunkRange {
public:
    /// \param box    regular, with a stride of 1: positions and slices without a step
    /// \param chunk  of the selection's rank, all positive
    /// \throws Error (invalid_argument) for another selection
    ChunkRange(const Selection& box, Shape chunk);

    class Iterator {
    public:
        using value_type = Selection;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        Iterator() = default;
        /// The selection of the chunk. It has the dataset's rank, and no axis is scalar.
        Selection operator*() const;
        Iterator& operator++();
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& a, std::default_sentinel_t /*end*/) {
            return a.at_end_;
        }

    private:
        friend class ChunkRange;

        const ChunkRange* range_ = nullptr;
        Shape chunk_;  // in the grid
        bool at_end_ = true;
    };

    Iterator begin() const;
    static std::default_sentinel_t end() { return {}; }

private:
    Shape extent_;
    Shape start_;  // of the box
    Shape stop_;
    Shape shape_;  // of a chunk
};

}  // namespace hyperslab
