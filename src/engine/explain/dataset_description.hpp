// What an explanation says of the dataset, whether it is of a read or of a write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/store/open_dataset.hpp"
#include "hyperslab/filter.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

struct DatasetDescription {
    std::string layout{};
    Shape shape{};
    Shape chunk_shape{};
    std::string chunk_index{};
    std::vector<Filter> filters{};
    std::string type{};
    std::size_t element_size = 0;   ///< in the file
    std::uint64_t chunk_bytes = 0;  ///< of a decoded chunk; 0 without chunks
    std::uint64_t cache_bytes = 0;  ///< of libhdf5's chunk cache for the dataset

    explicit DatasetDescription(OpenDataset& dataset);

    template <class Explanation>
    void put_into(Explanation& told) const {
        told.layout = layout;
        told.shape = shape;
        told.chunk_shape = chunk_shape;
        told.chunk_index = chunk_index;
        told.filters = filters;
        told.type = type;
    }
};

/// Whether the chunks that a selection touches, or its elements where there are no chunks, are so
/// few that they can be looked at in about a second.
bool can_be_counted(const Selection& selection, const Shape& chunk, std::uint64_t elements);

}  // namespace hyperslab::engine
