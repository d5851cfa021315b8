// The chunks of a dataset, as parts of its extent and as they lie in the file.

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/chunk_range.hpp"
#include "hyperslab/dataset.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

namespace h5d = hdf5::h5d;
using object::dataset_state;
using object::id_of;

namespace {

// libhdf5 says "cannot determine if chunk exists" and the like; we say why.
void require_chunked(const Dataset& dataset) {
    if (dataset.layout() != Layout::chunked) {
        object::naming(dataset_state(dataset),
                       [] { throw Error(ErrorCode::type_mismatch, "The dataset is not chunked"); });
    }
}

void require_chunk_offset(const Dataset& dataset, const Shape& offset) {
    require_chunked(dataset);
    const Shape chunk = dataset.chunks();
    const Shape extent = dataset.shape();
    bool valid = offset.size() == chunk.size();
    for (std::size_t d = 0; valid && d < chunk.size(); ++d) {
        valid = offset[d] % chunk[d] == 0 && offset[d] < extent[d];
    }
    if (!valid) {
        object::naming(dataset_state(dataset), [&] {
            throw Error(ErrorCode::invalid_argument,
                        "No chunk begins at " + to_string(offset) + ": chunks have the shape " +
                            to_string(chunk));
        });
    }
}

}  // namespace

ChunkRange Dataset::chunk_range(const IndexExpression& expression) const {
    const hdf5::LockGuard guard;
    require_chunked(*this);
    return object::naming(dataset_state(*this),
                          [&] { return ChunkRange(select(expression), chunks()); });
}

std::vector<StoredChunk> Dataset::stored_chunks() const {
    const hdf5::LockGuard guard;
    require_chunked(*this);
    std::vector<StoredChunk> stored;
    for (h5d::ChunkInfo& chunk : h5d::chunks(id_of(*this))) {
        stored.push_back({std::move(chunk.offset), chunk.filter_mask, chunk.address, chunk.size});
    }
    return stored;
}

RawChunk Dataset::read_raw_chunk(const Shape& offset) const {
    const hdf5::LockGuard guard;
    require_chunk_offset(*this, offset);
    const hdf5::Id id = id_of(*this);
    const h5d::ChunkInfo info = h5d::chunk_info_at(id, offset);
    if (!info.address) {
        object::naming(dataset_state(*this), [&] {
            throw Error(ErrorCode::invalid_argument,
                        "The chunk at " + to_string(offset) + " has not been stored");
        });
    }
    RawChunk chunk;
    chunk.bytes.resize(info.size);
    chunk.filter_mask = h5d::read_chunk(id, offset, chunk.bytes.data(), chunk.bytes.size());
    return chunk;
}

void Dataset::write_raw_chunk(const Shape& offset,
                              std::span<const std::byte> bytes,
                              unsigned filter_mask) const {
    const hdf5::LockGuard guard;
    require_chunk_offset(*this, offset);
    object::changing(dataset_state(*this), [&] {
        h5d::replace_chunk(id_of(*this), offset, filter_mask, bytes.data(), bytes.size());
    });
}

}  // namespace hyperslab
