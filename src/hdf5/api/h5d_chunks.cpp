// The chunks of a dataset: their places and sizes, and their bytes as they are stored.

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "hdf5/api/dataset_rank.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5d {

namespace {

// libhdf5 does not ask, and hands the bytes to a driver that keeps them.
void require_writable(Id dataset) {
    const Handle file = h5i::file(dataset);
    if ((h5f::intent(file.id()) & h5f::kReadWrite) == 0) {
        throw Error(ErrorCode::io,
                    "Can't write unprocessed chunk data (no write intent on file); asked for '" +
                        h5i::name(dataset) + "' in file '" + h5f::name(file.id()) + "'",
                    EBADF);
    }
}

}  // namespace

void write_chunk(Id dataset,
                 const Shape& offset,
                 unsigned filter_mask,
                 const void* data,
                 std::size_t size,
                 Id dxpl) {
    const LockGuard guard;
    require_rank(dataset, offset, "offset length");
    require_writable(dataset);
    count_data_change();
    check({dataset}, [&] {
        const TransferScope transfer;
        return H5Dwrite_chunk(dataset, dxpl, filter_mask, as_hsize(offset.data()), size, data);
    });
}

std::uint64_t chunk_storage_size(Id dataset, const Shape& offset) {
    const LockGuard guard;
    require_rank(dataset, offset, "offsets length");
    hsize_t size = 0;
    check({dataset},
          [&] { return H5Dget_chunk_storage_size(dataset, as_hsize(offset.data()), &size); });
    return size;
}

bool keeps_filter_masks() { return HYPERSLAB_KEEPS_FILTER_MASKS != 0; }

std::uint64_t chunk_storage_size_or_0(Id dataset, const Shape& offset) {
    const InsideLibrary inside;
    hsize_t size = 0;
    const bool found = H5Dget_chunk_storage_size(dataset, as_hsize(offset.data()), &size) >= 0;
    return found ? size : 0;
}

unsigned read_chunk(Id dataset, const Shape& offset, void* buffer, std::size_t size, Id dxpl) {
    const LockGuard guard;
    require_rank(dataset, offset, "offsets length");
    // HDF5 1.14 does not know where the buffer ends, and the chunk may have been written anew.
    if (chunk_storage_size(dataset, offset) > size) {
        throw Error(ErrorCode::invalid_argument, "The chunk is larger than the buffer");
    }
    std::uint32_t filter_mask = 0;
    check({dataset}, [&] {
#if HYPERSLAB_HAS_HDF5_2
        return H5Dread_chunk2(dataset, dxpl, as_hsize(offset.data()), &filter_mask, buffer, &size);
#else
        return H5Dread_chunk(dataset, dxpl, as_hsize(offset.data()), &filter_mask, buffer);
#endif
    });
    return filter_mask;
}

std::uint64_t chunk_count(Id dataset, Id space) {
    hsize_t count = 0;
    check({dataset}, [&] { return H5Dget_num_chunks(dataset, space, &count); });
    return count;
}

ChunkInfo chunk_info(Id dataset, Id space, std::uint64_t index) {
    const LockGuard guard;
    ChunkInfo info{.offset = Shape(rank_of(dataset)), .address = std::nullopt};
    haddr_t address = HADDR_UNDEF;
    hsize_t size = 0;
    check({dataset}, [&] {
        return H5Dget_chunk_info(dataset,
                                 space,
                                 index,
                                 as_hsize(info.offset.data()),
                                 &info.filter_mask,
                                 &address,
                                 &size);
    });
    info.address = defined(address);
    info.size = size;
    return info;
}

ChunkInfo chunk_info_at(Id dataset, const Shape& offset) {
    const LockGuard guard;
    require_rank(dataset, offset, "offset length");
    ChunkInfo info{.offset = offset, .address = std::nullopt};
    haddr_t address = HADDR_UNDEF;
    hsize_t size = 0;
    check({dataset}, [&] {
        return H5Dget_chunk_info_by_coord(
            dataset, as_hsize(offset.data()), &info.filter_mask, &address, &size);
    });
    info.address = defined(address);
    info.size = size;
    return info;
}

std::vector<ChunkInfo> chunks(Id dataset, Id dxpl) {
    struct Collected {
        std::size_t rank;
        std::vector<ChunkInfo> chunks;
    };
    const LockGuard guard;
    Collected collected{rank_of(dataset), {}};
    check({dataset}, [&] {
        return H5Dchunk_iter(
            dataset,
            dxpl,
            [](const hsize_t* offset, unsigned mask, haddr_t address, hsize_t size, void* data) {
                auto& into = *static_cast<Collected*>(data);
                into.chunks.push_back(
                    {Shape(offset, offset + into.rank), mask, defined(address), size});
                return H5_ITER_CONT;
            },
            &collected);
    });
    return std::move(collected.chunks);
}

ChunkIndex chunk_index(Id dataset) {
    H5D_chunk_index_t index{};
    check({dataset}, [&] { return H5Dget_chunk_index_type(dataset, &index); });
    return static_cast<ChunkIndex>(index);
}

namespace {

// Before 1.14.4 the addresses that libhdf5 returns count from the end of the user block.
std::uint64_t address_base([[maybe_unused]] Id dataset) {
#if HYPERSLAB_HAS_ABSOLUTE_CHUNK_ADDRESSES
    return 0;
#else
    return h5p::get_userblock(h5f::create_plist(h5i::file(dataset).id()).id());
#endif
}

// Numbers chunks row by row. What lies outside the grid, in a damaged index, is left out.
struct ChunkCollector {
    const Shape& chunk;
    Shape grid;
    std::uint64_t base;
    std::vector<IndexedChunk> found{};

    void add(const hsize_t* offset, unsigned mask, haddr_t address, hsize_t size) {
        std::uint64_t number = 0;
        for (std::size_t d = 0; d < chunk.size(); ++d) {
            const std::uint64_t along = offset[d] / chunk[d];
            if (along >= grid[d]) {
                return;
            }
            number = number * grid[d] + along;
        }
        if (address != HADDR_UNDEF) {
            found.push_back({number, address + base, size, mask});
        }
    }
};

Shape grid_of(const Shape& extent, const Shape& chunk) {
    Shape grid(chunk.size());
    for (std::size_t d = 0; d < chunk.size(); ++d) {
        grid[d] = extent[d] / chunk[d] + (extent[d] % chunk[d] != 0 ? 1 : 0);
    }
    core::checked_product(grid);
    return grid;
}

}  // namespace

std::vector<IndexedChunk> stored_chunks(Id dataset, const Shape& extent, const Shape& chunk) {
    const LockGuard guard;
    require_rank(dataset, chunk, "chunk shape length");
    ChunkCollector collector{chunk, grid_of(extent, chunk), address_base(dataset)};
    const auto collect = [](const hsize_t* offset,
                            unsigned mask,
                            haddr_t address,
                            hsize_t size,
                            void* into) noexcept {
        static_cast<ChunkCollector*>(into)->add(offset, mask, address, size);
        return H5_ITER_CONT;
    };
    check({dataset}, [&] { return H5Dchunk_iter(dataset, kDefault, collect, &collector); });
    if (!std::ranges::is_sorted(collector.found, {}, &IndexedChunk::number)) {
        std::ranges::stable_sort(collector.found, {}, &IndexedChunk::number);
    }
    return std::move(collector.found);
}

}  // namespace hyperslab::hdf5::h5d
