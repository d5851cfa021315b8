#include "object/repack/stored_parts.hpp"

#include <algorithm>

#include "selection/chunks.hpp"
#include "selection/grid.hpp"

namespace hyperslab::object {

namespace h5d = hdf5::h5d;

bool has_listable_chunks(engine::OpenDataset& dataset) {
    return h5d::chunk_index(dataset.id()) != h5d::ChunkIndex::extensible_array ||
           dataset.extent()->max_dims.front() == kUnlimited;
}

StoredParts::StoredParts(engine::OpenDataset& dataset) {
    const engine::CreationFacts& creation = dataset.creation();
    if (creation.layout != h5d::Layout::chunked || !has_listable_chunks(dataset)) {
        return;
    }
    const Shape& extent = dataset.extent()->dims;
    chunks_ = h5d::stored_chunks(dataset.id(), extent, creation.chunk);
    if (chunks_.size() < selection::Grid(extent, creation.chunk).size()) {
        chunk_ = creation.chunk;
    }
}

bool StoredParts::touch(const Selection& selection) const {
    if (chunk_.empty()) {
        return true;
    }
    const selection::ChunkedSelection parts(selection, chunk_);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (std::ranges::binary_search(chunks_, parts.number(i), {}, &h5d::IndexedChunk::number)) {
            return true;
        }
    }
    return false;
}

}  // namespace hyperslab::object
