// How MPI is called: its handles as numbers, and its results. Only for sources that are compiled
// with MPI.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {

// An MPI handle is a pointer in Open MPI and an int in MPICH.
template <class MpiHandle>
MpiHandle mpi_handle(std::uintptr_t number) {
    static_assert(sizeof(MpiHandle) <= sizeof number);
    if constexpr (std::is_pointer_v<MpiHandle>) {
        return reinterpret_cast<MpiHandle>(number);  // NOLINT(performance-no-int-to-ptr)
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

/// \throws Error (io) unless a function of MPI returned MPI_SUCCESS, which is 0 in every MPI
inline void check_mpi(int result, const char* function) {
    if (result != 0) {
        throw Error(ErrorCode::io, std::string(function) + " failed");
    }
}

}  // namespace hyperslab::hdf5
