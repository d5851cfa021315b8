// MPI handles as numbers. Only for sources of this room that are compiled with MPI.
#pragma once

#include <cstdint>
#include <type_traits>

namespace hyperslab::hdf5 {

// An MPI handle is a pointer in Open MPI and an int in MPICH.
template <class MpiHandle>
MpiHandle mpi_handle(std::uintptr_t number) {
    static_assert(sizeof(MpiHandle) <= sizeof number);
    if constexpr (std::is_pointer_v<MpiHandle>) {
        return reinterpret_cast<MpiHandle>(number);
    } else {
        return static_cast<MpiHandle>(number);
    }
}

template <class MpiHandle>
std::uintptr_t number_of(MpiHandle handle) {
    if constexpr (std::is_pointer_v<MpiHandle>) {
        return reinterpret_cast<std::uintptr_t>(handle);
    } else {
        return static_cast<std::uintptr_t>(handle);
    }
}

}  // namespace hyperslab::hdf5
