// How a dataset of a parallel file lies in it: what writing it past MPI-IO needs to know.
//
// libhdf5 keeps no elements of such a dataset in memory, since other processes may write them, and
// gives elements without filters their place when the dataset is created or resized. So a process
// may write its elements where they belong, by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/facts/dataset_facts.hpp"
#include "engine/store/stored_dataset.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

class ParallelStorage {
public:
    /// Asks libhdf5 for the facts. The caller holds the library lock.
    explicit ParallelStorage(DatasetFacts& dataset);

    const StorageFacts& facts() const { return stored_.facts(); }
    ChunkEncoding& encoding(DatasetFacts& dataset) { return stored_.encoding(dataset); }

    /// How the file can be written now.
    const hdf5::ParallelAccess& access(DatasetFacts& dataset);

    /// Finds out where the elements lie now, which have no filters. The caller holds the library
    /// lock.
    /// \returns false when some of them have no place in the file
    bool locate(DatasetFacts& dataset);

    /// The place in the file of the i-th chunk that a selection touches, or of the i-th block of
    /// elements without chunks. locate() has returned true.
    std::uint64_t address(const selection::ChunkedSelection& parts, std::size_t i) const;

private:
    bool find_out(DatasetFacts& dataset);

    StoredDataset stored_;
    hdf5::ParallelAccess access_;
    std::optional<std::uint64_t> located_at_{};  // the count of extent changes
    bool has_places_ = false;
    std::uint64_t address_ = 0;             // of elements without chunks
    std::vector<std::uint64_t> addresses_;  // of chunks, by number
};

}  // namespace hyperslab::engine
