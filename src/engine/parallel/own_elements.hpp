// Elements of a parallel file without filters, written by this process where they belong.
//
// MPI-IO is left out: on one machine, and on file systems that keep to POSIX, what several
// processes write to different places of a file needs no help. It is the way of an independent
// write, and of a collective one whose processes have agreed on it (together.hpp).
#pragma once

#include <memory>
#include <optional>

#include "datatype/conversion.hpp"
#include "engine/plan/request.hpp"
#include "engine/store/parallel_storage.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

struct OwnElements {
    ParallelStorage* storage;  ///< lives as long as the dataset
    unsigned processes_here;
    std::shared_ptr<const storage::FileWriter> file;
    std::shared_ptr<const datatype::Conversion> conversion;
    selection::ChunkedSelection parts;

    /// Whether the pieces that lie together in the file have `bytes` bytes or more, on average.
    bool has_pieces_of(std::uint64_t bytes) const;

    /// Converts and writes the elements.
    /// \throws Error (io, with errno)
    void write(const void* memory) const;
};

/// An empty optional where only libhdf5 can write the request. The caller holds the library lock.
std::optional<OwnElements> plan_own_elements(const Request& request);

/// Whether MPI-IO is to be left out at all, for this dataset: the file can be written past it, and
/// the program has not asked for libhdf5. The caller holds the library lock.
std::shared_ptr<const storage::FileWriter> writer_past_mpi(const Request& request);

/// The conversion of a request's elements to those of the file; null where only libhdf5 has it, and
/// where elements are written in part. The caller holds the library lock.
std::shared_ptr<const datatype::Conversion> whole_conversion(const Request& request);

}  // namespace hyperslab::engine
