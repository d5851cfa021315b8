// Memory for one read of variable-length data.
//
// libhdf5 asks for one small block a string or sequence. Taking them from large blocks that are
// freed together is faster than a malloc each, and nothing can leak when reading fails half-way.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "hdf5/handle.hpp"
#include "hdf5/id.hpp"

namespace hyperslab::hdf5 {

class VlenArena {
public:
    /// A copy of a transfer property list, or of the default one, that allocates here.
    explicit VlenArena(Id dxpl = kDefault);
    VlenArena(const VlenArena&) = delete;
    VlenArena& operator=(const VlenArena&) = delete;

    /// The property list to read with, while the arena lives.
    Id dxpl() const { return dxpl_.id(); }

private:
    static void* allocate(std::size_t size, void* arena);
    static void release(void* memory, void* arena);

    Handle dxpl_;
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::byte* free_from_ = nullptr;
    std::size_t free_bytes_ = 0;
};

}  // namespace hyperslab::hdf5
