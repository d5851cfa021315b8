// What writing a chunked dataset past libhdf5 needs to know, beside what reading needs.
//
// It is made when the dataset is first written past libhdf5, under the library lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "datatype/conversion.hpp"
#include "engine/facts/dataset_facts.hpp"
#include "engine/store/covered_parts.hpp"
#include "engine/store/storage_facts.hpp"
#include "engine/store/written_chunks.hpp"
#include "filter/encode/encode.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::engine {

class ChunkEncoding {
public:
    ChunkEncoding(DatasetFacts& dataset, const StorageFacts& facts);

    const filter::EncodePipeline& filters() const { return filters_; }

    /// Whether so many bytes have been written, with these, that tuning the filters is worth while.
    bool wants_tuning(std::uint64_t bytes);

    /// Tunes the filters by a chunk.
    void tune(std::span<const std::byte> chunk);

    /// The bytes in the file of one element that was never written.
    const std::vector<std::byte>& fill_value() const { return fill_value_; }

    /// The conversion from a memory type to the type in the file; null when only libhdf5 can
    /// convert.
    std::shared_ptr<const datatype::Conversion> conversion(DatasetFacts& dataset,
                                                           hdf5::Id memory_type);

    WrittenChunks& written() { return written_; }
    CoveredParts& covered() { return covered_; }

private:
    filter::EncodePipeline filters_;
    bool tuned_ = false;
    std::uint64_t bytes_ = 0;  ///< that have been written
    std::vector<std::byte> fill_value_;
    std::vector<std::pair<hdf5::Id, std::shared_ptr<const datatype::Conversion>>> conversions_;
    WrittenChunks written_;
    CoveredParts covered_;
};

}  // namespace hyperslab::engine
