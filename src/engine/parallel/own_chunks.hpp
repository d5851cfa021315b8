// Filtered chunks of a parallel file, each encoded by one of the processes that write to it.
//
// The processes write together, in rounds. In each, a process encodes some of its chunks on its own
// cores, all tell each other how long theirs have become, and all give them their places in the
// file, in the same order, so that libhdf5's metadata stay the same everywhere. Then each writes
// its own bytes. Where a chunk is written in part, who makes it gets the elements of the others
// first, and decodes what the chunk held (chunk_shares.hpp).
//
// libhdf5's own collective write of such chunks is not trusted with more than it has to do: the
// released 1.14.6 leaves old places of chunks in its caches, and mistakes a chunk for another one
// when the grid of chunks is smaller than that of the maximum shape. The one that is built along is
// mended, by cmake/hdf5-1.14/mpi/04-collective-filtered-chunks.patch.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "datatype/conversion.hpp"
#include "engine/parallel/together.hpp"
#include "engine/plan/request.hpp"
#include "engine/store/parallel_storage.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

struct OwnChunks {
    ParallelStorage* storage;  ///< lives as long as the dataset
    std::shared_ptr<const storage::FileWriter> file;
    std::shared_ptr<const datatype::Conversion> conversion;
    selection::ChunkedSelection parts;
    bool in_part = false;  ///< a chunk is written in part

    /// The number of chunks that are encoded in a round.
    std::uint64_t batch() const;
    /// The number of rounds for the chunks of this process.
    std::uint64_t rounds() const;

    /// Encodes and writes them. All processes call it, with what they have agreed on.
    /// \throws Error (io, with errno) after the last round
    void write(const Request& request, const void* memory, const Agreed& agreed) const;
};

/// An empty optional where libhdf5 has to write the request. The caller holds the library lock.
std::optional<OwnChunks> plan_own_chunks(const Request& request);

}  // namespace hyperslab::engine
