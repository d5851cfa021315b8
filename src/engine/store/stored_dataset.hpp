// How a dataset lies in its file: what reading it past libhdf5 needs to know.
//
// What never changes while it is open (storage_facts.hpp) is found out once. Where the bytes are
// changes by writing, and is found out again whenever something was written since, after libhdf5
// has written all that it holds of the dataset. A read works on such a moment (StoredElements), and
// in the end looks whether anything has changed (still_true).
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/facts/dataset_facts.hpp"
#include "engine/facts/planning.hpp"
#include "engine/facts/refusal.hpp"
#include "engine/store/chunk_cache.hpp"
#include "engine/store/known_indexes.hpp"
#include "engine/store/memory_form.hpp"
#include "engine/store/storage_facts.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/shape.hpp"
#include "selection/chunks.hpp"
#include "storage/file.hpp"

namespace hyperslab::engine {

class ChunkEncoding;

/// Where the elements lie, at one moment.
struct StoredElements {
    std::shared_ptr<const storage::File> file{};
    std::uint64_t generation = 0;
    std::optional<std::uint64_t> address{};  ///< of a contiguous dataset; empty when never written
    LoadedIndex index{};                     ///< of a chunked dataset
    std::uint64_t heap_end = 0;              ///< of strings or sequences, like the next
    std::uint64_t writes = 0;                ///< the count of writes to the file, until then
};

class StoredDataset {
public:
    /// Asks libhdf5 for the facts. The caller holds the library lock.
    explicit StoredDataset(DatasetFacts& dataset, FactsFor purpose = FactsFor::serial);
    ~StoredDataset();

    const StorageFacts& facts() const { return facts_; }
    ChunkCache& cache() { return *cache_; }

    /// How elements become those of a memory type; null when only libhdf5 can convert. It takes the
    /// library lock.
    std::shared_ptr<const MemoryForm> memory_form(DatasetFacts& dataset,
                                                  hdf5::Id memory_type,
                                                  Planning planning);

    /// What writing past libhdf5 needs. It is made when it is first asked for, under the library
    /// lock.
    ChunkEncoding& encoding(DatasetFacts& dataset);

    /// \param eager  whether to load the chunk index however little is read
    struct Locating {
        bool eager;
        Planning planning;
    };

    /// Where the elements lie now, or the reason why they cannot be read past libhdf5. It takes the
    /// library lock.
    std::expected<StoredElements, Refusal> locate(DatasetFacts& dataset,
                                                  const Selection& selection,
                                                  const selection::ChunkedSelection& parts,
                                                  Locating how);

    /// Whether locate() has nothing to flush, or enough reads have come in a row to pay for a
    /// flush. Flushing for each small read that follows a write would cost more than the read. It
    /// takes the library lock.
    bool is_at_rest(Planning planning);

    /// A number that changes when the elements may have changed or moved.
    std::uint64_t generation() const;

    /// Whether nothing can have changed since `elements` were located.
    bool still_true(const StoredElements& elements) const;

private:
    bool is_settled(const storage::File& file) const;
    bool is_better_left(const storage::File& file, std::uint64_t count) const;
    bool is_left_unflushed(const storage::File& file, std::uint64_t bytes, Planning planning);
    Refusal settle(DatasetFacts& dataset, const storage::File& file);
    void flush(DatasetFacts& dataset) const;
    LoadedIndex load_index(DatasetFacts& dataset) const;
    bool has_holes(const StoredElements& found, std::uint64_t grid_size) const;
    bool worth_loading(const selection::ChunkedSelection& parts, Planning planning);
    std::optional<LoadedIndex> find_index(DatasetFacts& dataset,
                                          const storage::File& file,
                                          const selection::ChunkedSelection& parts,
                                          Locating how);
    bool find_chunks(DatasetFacts& dataset,
                     const storage::File& file,
                     const selection::ChunkedSelection& parts,
                     Locating how,
                     StoredElements& found);

    StorageFacts facts_;
    std::unique_ptr<ChunkCache> cache_;
    std::unique_ptr<ChunkEncoding> encoding_;
    // The members below are used under the library lock.
    std::vector<std::pair<hdf5::Id, std::shared_ptr<const MemoryForm>>> forms_;
    StoredElements located_;
    bool settled_ = false;               // whether located_ is of the present generation
    std::uint64_t bytes_asked_for_ = 0;  // bytes since the chunk index was dropped

    struct BytesOfMoment {
        std::uint64_t generation = 0;
        std::uint64_t bytes = 0;
    };
    std::optional<BytesOfMoment> served_;  // the last read past libhdf5
    BytesOfMoment left_;                   // bytes left to libhdf5, as flushing would not pay

    struct ReadsOfMoment {
        std::uint64_t generation = 0;
        unsigned reads = 0;
    };
    ReadsOfMoment quiet_;  // small reads since something was written
};

}  // namespace hyperslab::engine
