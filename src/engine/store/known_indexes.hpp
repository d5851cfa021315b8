// Chunk indexes that were loaded from a file that is open for reading only.
//
// Code that says file["d"][...] in a loop opens the dataset each time, and would have its index
// loaded each time. Such a file stays as it is, so an index is kept as long as the file is open
// (storage::File::knowledge). Under the library lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <vector>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5o.hpp"
#include "storage/file.hpp"

namespace hyperslab::engine {

struct LoadedIndex {
    std::shared_ptr<const std::vector<hdf5::h5d::StoredChunk>> chunks{};
    bool in_file = true;  ///< none of the chunks lies where libhdf5 would not read

    /// The chunk of that number, or null when it is not stored.
    const hdf5::h5d::StoredChunk* find(std::uint64_t number) const;
};

class KnownIndexes : public storage::Knowledge {
public:
    static KnownIndexes& of(const storage::File& file);

    /// Null when it is not known.
    /// \param generation  only what was kept with the same is found
    const LoadedIndex* find(const hdf5::h5o::Identity& dataset, std::uint64_t generation);

    /// Those that were not used for long make room. A very large one is not kept.
    void keep(const hdf5::h5o::Identity& dataset, std::uint64_t generation, LoadedIndex index);

private:
    struct Entry {
        hdf5::h5o::Identity dataset;
        std::uint64_t generation;
        LoadedIndex index;
    };

    void remove_last();

    std::list<Entry> entries_;  // the one used last first
    std::size_t chunks_ = 0;
};

}  // namespace hyperslab::engine
