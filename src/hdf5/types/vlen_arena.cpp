#include "hdf5/types/vlen_arena.hpp"

#include <new>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

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
    try {
        return static_cast<VlenArena*>(arena)->memory_.allocate(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

// Nothing is freed here: the arena frees all blocks at once.
void VlenArena::release(void* /*memory*/, void* /*arena*/) {}

}  // namespace hyperslab::hdf5
