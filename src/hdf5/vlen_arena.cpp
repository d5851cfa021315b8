#include "hdf5/vlen_arena.hpp"

#include <algorithm>
#include <new>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"

namespace hyperslab::hdf5 {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 18;
constexpr std::size_t kAlignment = alignof(std::max_align_t);

}  // namespace

VlenArena::VlenArena(Id dxpl) {
    dxpl_ = Handle(
        check({}, [&] { return dxpl == kDefault ? H5Pcreate(H5P_DATASET_XFER) : H5Pcopy(dxpl); }));
    check({}, [&] {
        return H5Pset_vlen_mem_manager(
            dxpl_.id(), &VlenArena::allocate, this, &VlenArena::release, this);
    });
}

// Called by libhdf5, which takes null for "no memory".
void* VlenArena::allocate(std::size_t size, void* arena) {
    auto& self = *static_cast<VlenArena*>(arena);
    const std::size_t rounded = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (rounded < size) {
        return nullptr;
    }
    try {
        if (rounded > self.free_bytes_) {
            const std::size_t bytes = std::max(rounded, kBlockBytes);
            self.blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
            self.free_from_ = self.blocks_.back().get();
            self.free_bytes_ = bytes;
        }
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
    std::byte* const memory = self.free_from_;
    self.free_from_ += rounded;
    self.free_bytes_ -= rounded;
    return memory;
}

// All at once, when the arena goes.
void VlenArena::release(void* /*memory*/, void* /*arena*/) {}

}  // namespace hyperslab::hdf5
