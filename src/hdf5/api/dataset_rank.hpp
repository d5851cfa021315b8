// What the sources of h5d.hpp share: a dataset's rank, and addresses that may be undefined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "hdf5/call/capi.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::hdf5::h5d {

std::size_t rank_of(Id dataset);

/// Refuses a list of another length than the rank: libhdf5 reads as many coordinates as the dataset
/// has dimensions, however many there are.
/// \param what  begins the message
/// \throws Error (type_mismatch)
void require_rank(Id dataset, const Shape& values, const char* what);

inline std::optional<std::uint64_t> defined(haddr_t address) {
    return address == HADDR_UNDEF ? std::nullopt : std::optional<std::uint64_t>(address);
}

}  // namespace hyperslab::hdf5::h5d
