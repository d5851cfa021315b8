// Chunk indexes that were loaded from a file that is open for reading only.
//
// Code with file["d"][...] in a loop opens the dataset each time, and would load its index each
// time. Such a file does not change, so an index is kept while the file is open
// (storage::File::knowledge). It is used under the library lock.
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
    std::shared_ptr<const std::vector<hdf5::h5d::IndexedChunk>> chunks{};
    bool in_file = true;  ///< all chunks lie where libhdf5 would read

    /// The chunk of that number, or null when it is not stored.
    const hdf5::h5d::IndexedChunk* find(std::uint64_t number) const;
};

class KnownIndexes : public storage::Knowledge {
public:
    static KnownIndexes& of(const storage::File& file);

    /// The index of a dataset, or null when it is not known.
    /// \param generation  only an index that was kept with the same is found
    const LoadedIndex* find(const hdf5::h5o::Identity& dataset, std::uint64_t generation);

    /// Keeps an index. Those that were not used for longest make room. A very large index is not
    /// kept.
    void keep(const hdf5::h5o::Identity& dataset, std::uint64_t generation, LoadedIndex index);

private:
    struct Entry {
        hdf5::h5o::Identity dataset;
        std::uint64_t generation;
        LoadedIndex index;
    };

    void remove_last();

    std::list<Entry> entries_;  // the one used last comes first
    std::size_t chunks_ = 0;
};

}  // namespace hyperslab::engine
