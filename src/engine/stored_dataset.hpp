// How a dataset lies in its file: what reading it past libhdf5 needs to know.
//
// What never changes while it is open (StorageFacts) is asked once. What writing changes, where the
// bytes are, is asked again whenever something was written since, after libhdf5 has written all
// that it holds of the dataset; a read works on such a moment (StoredElements) and in the end looks
// whether it has passed (still_true).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/chunk_cache.hpp"
#include "engine/heap_reader.hpp"
#include "engine/known_indexes.hpp"
#include "engine/memory_form.hpp"
#include "engine/refusal.hpp"
#include "filter/decode.hpp"
#include "hdf5/h5d.hpp"
#include "hdf5/id.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/shape.hpp"
#include "selection/chunks.hpp"
#include "storage/file.hpp"

namespace hyperslab::engine {

class OpenDataset;
enum class Planning;

struct StorageFacts {
    Refusal refusal = Refusal::none;  ///< with one, nothing else here counts
    std::string detail{};             ///< more about it

    std::weak_ptr<const storage::File> file{};
    bool writable = false;  ///< the file is open for writing
    bool chunked = false;
    Shape chunk{};                 ///< of a contiguous dataset the blocks that it is read in
    std::size_t element_size = 0;  ///< in the file
    std::size_t chunk_bytes = 0;
    std::optional<filter::Pipeline> pipeline{};  ///< none when there are no filters
    bool cut_chunks_are_raw = false;             ///< those that the extent ends in are not filtered
    bool has_fill_value = true;                  ///< for elements that were never written
    std::size_t cache_bytes = 0;
    std::optional<HeapPlace> heap{};  ///< with strings or sequences; its end is StoredElements'
};

/// The shape of a block of at most so many bytes: as many of the last dimensions as fit, and a part
/// of the one before.
Shape block_shape(const Shape& extent, std::size_t element_size, std::uint64_t bytes);

/// Where the elements lie, at one moment.
struct StoredElements {
    std::shared_ptr<const storage::File> file{};
    std::uint64_t generation = 0;
    std::optional<std::uint64_t> address{};  ///< of a contiguous dataset; none: never written
    std::shared_ptr<const std::vector<hdf5::h5d::StoredChunk>> chunks{};  ///< of a chunked one
    bool in_file = true;         ///< none of the chunks lies where libhdf5 would not read
    std::uint64_t heap_end = 0;  ///< with strings or sequences, as the next
    std::uint64_t writes = 0;    ///< to the file, until then

    /// The chunk of that number, or null when it is not stored.
    const hdf5::h5d::StoredChunk* find(std::uint64_t number) const;
};

class StoredDataset {
public:
    /// Asks for the facts. Under the library lock.
    explicit StoredDataset(OpenDataset& dataset);

    const StorageFacts& facts() const { return facts_; }
    ChunkCache& cache() { return *cache_; }

    /// How its elements become those of a memory type; null when only libhdf5 knows. Takes the
    /// library lock.
    std::shared_ptr<const MemoryForm> memory_form(OpenDataset& dataset,
                                                  hdf5::Id memory_type,
                                                  Planning planning);

    /// \param eager  loads the chunk index however little is read
    struct Locating {
        bool eager;
        Planning planning;
    };

    /// Where the elements lie now. Takes the library lock.
    /// \param refusal  set when the elements cannot be read past libhdf5
    StoredElements locate(OpenDataset& dataset,
                          const Selection& selection,
                          const selection::ChunkedSelection& parts,
                          Locating how,
                          Refusal& refusal);

    /// Another number when the elements may have changed since, or lie in another place.
    std::uint64_t generation() const;

    /// Whether nothing can have changed since.
    bool still_true(const StoredElements& elements) const;

private:
    bool is_settled(const storage::File& file) const;
    bool is_better_left(const storage::File& file, std::uint64_t count) const;
    bool is_left_unflushed(const storage::File& file, std::uint64_t bytes, Planning planning);
    Refusal settle(OpenDataset& dataset, const storage::File& file);
    void flush(OpenDataset& dataset) const;
    LoadedIndex load_index(OpenDataset& dataset) const;
    bool has_holes(const StoredElements& found, std::uint64_t grid_size) const;
    bool worth_loading(const selection::ChunkedSelection& parts, Planning planning);
    std::optional<LoadedIndex> find_index(OpenDataset& dataset,
                                          const storage::File& file,
                                          const selection::ChunkedSelection& parts,
                                          Locating how);
    bool find_chunks(OpenDataset& dataset,
                     const storage::File& file,
                     const selection::ChunkedSelection& parts,
                     Locating how,
                     StoredElements& found);

    StorageFacts facts_;
    std::unique_ptr<ChunkCache> cache_;
    // Under the library lock:
    std::vector<std::pair<hdf5::Id, std::shared_ptr<const MemoryForm>>> forms_;
    StoredElements located_;
    bool settled_ = false;               // located_ is of its generation
    std::uint64_t bytes_asked_for_ = 0;  // since the chunk index was dropped

    struct BytesOfMoment {
        std::uint64_t generation = 0;
        std::uint64_t bytes = 0;
    };
    std::optional<BytesOfMoment> served_;  // when it was read past libhdf5 last
    BytesOfMoment left_;                   // to libhdf5, as flushing would not pay
};

}  // namespace hyperslab::engine
