// What writing a chunked dataset past libhdf5 needs to know of it, beside what reading needs.
//
// It is made when the dataset is written so for the first time. Under the library lock.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "datatype/conversion.hpp"
#include "engine/facts/dataset_facts.hpp"
#include "engine/store/storage_facts.hpp"
#include "engine/store/written_chunks.hpp"
#include "filter/encode/encode.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::engine {

class ChunkEncoding {
public:
    ChunkEncoding(DatasetFacts& dataset, const StorageFacts& facts);

    const filter::EncodePipeline& filters() const { return filters_; }

    /// Has the filters look at a chunk, unless they have seen one.
    void tune(std::span<const std::byte> chunk);

    /// One element in the file that was never written.
    const std::vector<std::byte>& fill_value() const { return fill_value_; }

    /// How elements of a memory type become those in the file; null when only libhdf5 knows.
    std::shared_ptr<const datatype::Conversion> conversion(DatasetFacts& dataset,
                                                           hdf5::Id memory_type);

    WrittenChunks& written() { return written_; }

private:
    filter::EncodePipeline filters_;
    bool tuned_ = false;
    std::vector<std::byte> fill_value_;
    std::vector<std::pair<hdf5::Id, std::shared_ptr<const datatype::Conversion>>> conversions_;
    WrittenChunks written_;
};

}  // namespace hyperslab::engine
