// What reading a dataset past libhdf5 needs to know of it, and what never changes while it is open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/facts/dataset_facts.hpp"
#include "engine/facts/refusal.hpp"
#include "engine/heap/heap_reader.hpp"
#include "filter/decode/decode.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/shape.hpp"
#include "storage/file.hpp"

namespace hyperslab::engine {

struct StorageFacts {
    Refusal refusal = Refusal::none;  ///< with one, nothing else here counts
    std::string detail{};             ///< more about it

    std::weak_ptr<const storage::File> file{};
    bool writable = false;  ///< the file is open for writing
    bool chunked = false;
    Shape chunk{};                 ///< of a contiguous dataset the blocks that it is read in
    std::size_t element_size = 0;  ///< in the file
    std::size_t chunk_bytes = 0;   ///< a chunk decoded, or a block
    std::optional<filter::Pipeline> pipeline{};  ///< none when there are no filters
    bool cut_chunks_are_raw = false;             ///< those that the extent ends in are not filtered
    Refusal of_holes = Refusal::none;            ///< with one, all elements must have been written
    std::size_t cache_bytes = 0;
    std::optional<HeapPlace> heap{};  ///< with strings or sequences; its end is StoredElements'
};

/// Asks libhdf5. Under the library lock.
StorageFacts storage_facts(DatasetFacts& dataset);

/// Why nothing in a file may be read past libhdf5, whatever it is.
Refusal file_refusal(hdf5::Id file);

/// The shape of a block of at most so many bytes: as many of the last dimensions as fit, and a part
/// of the one before.
Shape block_shape(const Shape& extent, std::size_t element_size, std::uint64_t bytes);

}  // namespace hyperslab::engine
