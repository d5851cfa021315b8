// Filtered chunks of a parallel file, encoded by the process that writes all of them.
//
// The processes write together, in rounds. In each, a process encodes some of its chunks on its own
// cores, all tell each other how long theirs have become, and all give them their places in the
// file, in the same order, so that libhdf5's metadata stay the same everywhere. Then each writes
// its own bytes. A chunk that nobody writes whole is libhdf5's to write.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "datatype/conversion.hpp"
#include "engine/plan/request.hpp"
#include "engine/store/parallel_storage.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

struct OwnChunks {
    ParallelStorage* storage;  ///< lives as long as the dataset
    std::shared_ptr<const storage::FileWriter> file;
    std::shared_ptr<const datatype::Conversion> conversion;
    selection::ChunkedSelection parts;

    /// The number of chunks that are encoded in a round.
    std::uint64_t batch() const;
    /// The number of rounds for the chunks of this process.
    std::uint64_t rounds() const { return (parts.size() + batch() - 1) / batch(); }

    /// Encodes and writes them. All processes call it, with the same number of rounds, which none
    /// exceeds.
    /// \throws Error (io, with errno) after the last round
    void write(const Request& request, const void* memory, std::uint64_t rounds) const;
};

/// An empty optional where libhdf5 has to write the request. The caller holds the library lock.
std::optional<OwnChunks> plan_own_chunks(const Request& request);

}  // namespace hyperslab::engine
