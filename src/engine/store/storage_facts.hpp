// What reading a dataset past libhdf5 needs to know, as far as it never changes while the dataset
// is open.
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
    Refusal refusal = Refusal::none;  ///< when there is one, nothing else here counts
    std::string detail{};             ///< more about the refusal

    std::weak_ptr<const storage::File> file{};
    bool writable = false;  ///< the file is open for writing
    bool chunked = false;
    Shape chunk{};                               ///< or the blocks of a contiguous dataset
    std::size_t element_size = 0;                ///< bytes in the file
    std::size_t chunk_bytes = 0;                 ///< bytes of a decoded chunk, or of a block
    std::optional<filter::Pipeline> pipeline{};  ///< empty without filters
    bool cut_chunks_are_raw = false;   ///< whether chunks that the extent cuts are not filtered
    Refusal of_holes = Refusal::none;  ///< why elements never written cannot be read
    std::size_t cache_bytes = 0;
    std::optional<HeapPlace> heap{};  ///< of strings or sequences; StoredElements has its end
};

enum class FactsFor {
    serial,    ///< reading and writing a file that only this process writes
    parallel,  ///< writing a parallel file
};

/// Asks libhdf5 for the facts. The caller holds the library lock.
StorageFacts storage_facts(DatasetFacts& dataset, FactsFor purpose = FactsFor::serial);

/// The reason why nothing in a file may be read past libhdf5, or Refusal::none.
Refusal file_refusal(hdf5::Id file);

/// The shape of a block of at most `bytes` bytes: as many of the last dimensions as fit, and a part
/// of the one before.
Shape block_shape(const Shape& extent, std::size_t element_size, std::uint64_t bytes);

}  // namespace hyperslab::engine
