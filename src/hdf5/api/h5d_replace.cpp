#include "hdf5/api/h5d_replace.hpp"

#include <cstddef>
#include <vector>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::hdf5::h5d {
namespace {

// Whether a chunk of that size is stored with another mask. What is wrong with the offset is for
// writing to find.
bool keeps_its_size_but_not_its_mask(Id dataset,
                                     const Shape& offset,
                                     unsigned filter_mask,
                                     std::size_t size) {
    if (size == 0 || static_cast<std::size_t>(h5s::rank(space(dataset).id())) != offset.size()) {
        return false;
    }
    return chunk_storage_size_or_0(dataset, offset) == size &&
           chunk_info_at(dataset, offset).filter_mask != filter_mask;
}

// libhdf5 remembers the chunk that it looked up last, in some versions with the mask that the chunk
// had before it was written. It forgets that chunk when it looks up another one. A dataset of a
// single chunk has no other.
void look_up_another_chunk(Id dataset, const Shape& offset) {
    const Shape extent = h5s::dims(space(dataset).id());
    Shape other(offset.size(), 0);
    for (std::size_t axis = 0; axis < offset.size(); ++axis) {
        other[axis] = offset[axis] == 0 && extent[axis] != 0 ? extent[axis] - 1 : 0;
    }
    chunk_storage_size_or_0(dataset, other);
}

}  // namespace

void replace_chunk(Id dataset,
                   const Shape& offset,
                   unsigned filter_mask,
                   const void* data,
                   std::size_t size,
                   Id dxpl) {
    const LockGuard guard;
    if (keeps_its_size_but_not_its_mask(dataset, offset, filter_mask, size)) {
        const auto* const bytes = static_cast<const std::byte*>(data);
        std::vector<std::byte> longer(bytes, bytes + size);
        longer.push_back(std::byte{0});
        write_chunk(dataset, offset, filter_mask, longer.data(), longer.size(), dxpl);
    }
    write_chunk(dataset, offset, filter_mask, data, size, dxpl);
    if (!keeps_filter_masks()) {
        look_up_another_chunk(dataset, offset);
    }
}

}  // namespace hyperslab::hdf5::h5d
