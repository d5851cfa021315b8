// A selection in parts along its first axis, at the borders of chunks.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/store/open_dataset.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::arrow {

class Windows {
public:
    /// \param element_size  bytes of an element in memory
    Windows(engine::OpenDataset& dataset, const Selection& selection, std::size_t element_size);

    /// The next part, or an empty optional after the last one. Selections that are no contiguous
    /// rows have one part.
    std::optional<Selection> next();

private:
    Selection part(std::uint64_t first, std::uint64_t rows) const;

    const Selection& selection_;
    bool divisible_ = false;
    bool done_ = false;
    std::uint64_t first_ = 0;  // row of the next part, in the dataset
    std::uint64_t end_ = 0;
    std::uint64_t rows_ = 0;  // of a part
    std::uint64_t chunk_rows_ = 1;
};

/// The number of rows that have about that many bytes: whole chunks where there are some.
std::uint64_t rows_of_size(engine::OpenDataset& dataset,
                           std::uint64_t bytes_of_row,
                           std::uint64_t bytes);

}  // namespace hyperslab::arrow
