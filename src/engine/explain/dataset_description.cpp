#include "engine/explain/dataset_description.hpp"

#include <algorithm>

#include "core/checked.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
namespace h5p = hdf5::h5p;

// The maximum number of chunks, and of elements, that are looked at. Each takes about a second.
constexpr std::uint64_t kMaxChunks = 4'000'000;
constexpr std::uint64_t kMaxElements = std::uint64_t{1} << 42;

const char* name_of_layout(const CreationFacts* creation) {
    if (creation == nullptr) {
        return "unknown";
    }
    switch (creation->layout) {
        case h5d::Layout::compact:
            return "compact";
        case h5d::Layout::chunked:
            return "chunked";
        case h5d::Layout::virtual_:
            return "virtual";
        case h5d::Layout::contiguous:
            break;
    }
    return creation->external ? "external" : "contiguous";
}

const char* name_of_index(h5d::ChunkIndex index) {
    switch (index) {
        case h5d::ChunkIndex::btree:
            return "B-tree";
        case h5d::ChunkIndex::single:
            return "single chunk";
        case h5d::ChunkIndex::implicit:
            return "implicit";
        case h5d::ChunkIndex::fixed_array:
            return "fixed array";
        case h5d::ChunkIndex::extensible_array:
            return "extensible array";
        case h5d::ChunkIndex::btree2:
            break;
    }
    return "version 2 B-tree";
}

std::uint64_t most_chunks(const Selection& selection, const Shape& chunk) {
    if (selection.kind() == SelectionKind::points || selection.kind() == SelectionKind::none) {
        return selection.element_count();
    }
    std::uint64_t most = 1;
    for (std::size_t d = 0; d < chunk.size(); ++d) {
        const std::uint64_t along = std::min(selection.extent()[d] / chunk[d] + 1,
                                             selection.count()[d] * selection.block()[d]);
        if (__builtin_mul_overflow(most, along, &most)) {
            return ~std::uint64_t{0};
        }
    }
    return most;
}

}  // namespace

DatasetDescription::DatasetDescription(OpenDataset& dataset) {
    const hdf5::LockGuard guard;
    const CreationFacts* const creation = dataset.creation_if_known();
    layout = name_of_layout(creation);
    shape = dataset.extent()->dims;
    type = to_string(dataset.type());
    element_size = dataset.type().size();
    if (creation == nullptr || creation->layout != h5d::Layout::chunked) {
        return;
    }
    filters = h5p::get_filters(h5d::create_plist(dataset.id()).id());  // by name
    chunk_shape = creation->chunk;
    chunk_index = name_of_index(h5d::chunk_index(dataset.id()));
    chunk_bytes = core::checked_multiply(core::checked_product(chunk_shape), element_size);
    const hdf5::Handle dapl = h5d::access_plist(dataset.id());
    cache_bytes = h5p::get_chunk_cache(dapl.id()).bytes;
}

bool can_be_counted(const Selection& selection, const Shape& chunk, std::uint64_t elements) {
    return chunk.empty() ? elements <= kMaxElements : most_chunks(selection, chunk) <= kMaxChunks;
}

}  // namespace hyperslab::engine
