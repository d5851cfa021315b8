// How the processes of a parallel file write together: they agree on the way before they go it.
//
// Each process says what it could do by itself; what one of them cannot do, none does.
#pragma once

#include <cstdint>

#include "hdf5/call/id.hpp"

namespace hyperslab::engine {

enum class Way {
    library,   ///< one collective call of libhdf5
    elements,  ///< each process writes its elements (own_elements.hpp)
    chunks,    ///< each process writes its chunks, in rounds (own_chunks.hpp)
};

struct Agreed {
    Way way = Way::library;
    std::uint64_t rounds = 0;  ///< the most that a process needs
    bool in_part = false;      ///< a process writes a part of a chunk
};

/// Asks all processes of the dataset's file.
/// \param mine  the way that this process could go, and the rounds that it needs
/// \throws Error (io) when others are at something else (hdf5/drivers/mpi_meetings.hpp), or when
///     MPI fails
Agreed agree(hdf5::Id dataset, const Agreed& mine);

}  // namespace hyperslab::engine
