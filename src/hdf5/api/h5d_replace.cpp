// Chunks that take the place of others, on an HDF5 that minds their filter masks and on others.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"

// What libhdf5 takes for bytes that it need not write, and where it then put the chunk last; only
// the one built along for parallel files has them (cmake/hdf5-1.14/mpi).
// NOLINTBEGIN(readability-identifier-naming): names of libhdf5
extern "C" const unsigned char H5D_hyperslab_bytes_elsewhere[1] __attribute__((weak));
extern "C" std::uint64_t H5D_hyperslab_placed_at __attribute__((weak));
// NOLINTEND(readability-identifier-naming)

namespace hyperslab::hdf5::h5d {
namespace {

// Whether a chunk of that size is stored with another mask.
bool keeps_its_size_but_not_its_mask(Id dataset,
                                     const Shape& offset,
                                     unsigned filter_mask,
                                     std::size_t size) {
    return size != 0 && chunk_storage_size_or_0(dataset, offset) == size &&
           chunk_info_at(dataset, offset).filter_mask != filter_mask;
}

// libhdf5 forgets the chunk that it looked up last, and the mask that it had before it was written,
// when it looks up another one. A dataset of a single chunk has no other.
void look_up_another_chunk(Id dataset, const Shape& extent, const Shape& offset) {
    Shape other(offset.size(), 0);
    for (std::size_t axis = 0; axis < offset.size(); ++axis) {
        other[axis] = offset[axis] == 0 && extent[axis] != 0 ? extent[axis] - 1 : 0;
    }
    chunk_storage_size_or_0(dataset, other);
}

// A chunk that would keep its size gets another one in between.
void replace_minding_masks(Id dataset,
                           const Shape& offset,
                           unsigned filter_mask,
                           const void* data,
                           std::size_t size,
                           Id dxpl) {
    const Shape extent = h5s::dims(space(dataset).id());
    const bool has_rank = extent.size() == offset.size();  // else writing finds what is wrong
    if (has_rank && keeps_its_size_but_not_its_mask(dataset, offset, filter_mask, size)) {
        const auto* const bytes = static_cast<const std::byte*>(data);
        std::vector<std::byte> longer(bytes, bytes + size);
        longer.push_back(std::byte{0});
        write_chunk(dataset, offset, filter_mask, longer.data(), longer.size(), dxpl);
    }
    write_chunk(dataset, offset, filter_mask, data, size, dxpl);
    if (has_rank) {
        look_up_another_chunk(dataset, extent, offset);
    }
}

}  // namespace

bool can_place_chunks() { return &H5D_hyperslab_bytes_elsewhere != nullptr; }

std::uint64_t place_chunk(Id dataset, const Shape& offset, unsigned filter_mask, std::size_t size) {
    const LockGuard guard;
    const void* const bytes = H5D_hyperslab_bytes_elsewhere;
    if (!keeps_filter_masks() &&
        keeps_its_size_but_not_its_mask(dataset, offset, filter_mask, size)) {
        write_chunk(dataset, offset, filter_mask, bytes, size + 1);
    }
    write_chunk(dataset, offset, filter_mask, bytes, size);
    return H5D_hyperslab_placed_at;
}

void replace_chunk(Id dataset,
                   const Shape& offset,
                   unsigned filter_mask,
                   const void* data,
                   std::size_t size,
                   Id dxpl) {
    const LockGuard guard;
    const auto write = keeps_filter_masks() ? &write_chunk : &replace_minding_masks;
    write(dataset, offset, filter_mask, data, size, dxpl);
}

}  // namespace hyperslab::hdf5::h5d
