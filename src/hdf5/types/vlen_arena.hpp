// Memory for one read of variable-length data.
//
// libhdf5 asks for one small block for each string or sequence. Taking them from large blocks that
// are freed together is faster than one malloc for each, and nothing leaks when reading fails
// half-way.
#pragma once

#include <cstddef>

#include "core/arena.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

class VlenArena {
public:
    /// A copy of a transfer property list, or of the default one, that allocates here.
    explicit VlenArena(Id dxpl = kDefault);
    VlenArena(const VlenArena&) = delete;
    VlenArena& operator=(const VlenArena&) = delete;

    /// The property list to read with while the arena lives.
    Id dxpl() const { return dxpl_.id(); }

private:
    static void* allocate(std::size_t size, void* arena);
    static void release(void* memory, void* arena);

    Handle dxpl_;
    core::Arena memory_;
};

}  // namespace hyperslab::hdf5
