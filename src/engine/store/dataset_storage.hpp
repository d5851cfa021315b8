// A dataset, and how it lies in its file once that was asked.
//
// Every member function takes the library lock.
#pragma once

#include <atomic>
#include <memory>

#include "engine/facts/dataset_facts.hpp"
#include "engine/facts/planning.hpp"
#include "engine/store/stored_dataset.hpp"

namespace hyperslab::engine {

class DatasetStorage : public DatasetFacts {
public:
    using DatasetFacts::DatasetFacts;

    /// How it lies in its file; asked for once, by those who read.
    std::shared_ptr<StoredDataset> stored(Planning planning);

    /// Whether libhdf5 decodes a chunk anew for each element, as it is larger than chunk caches
    /// are. Tells only what is known already: a dataset may be of little use to its reader.
    bool is_known_to_have_huge_chunks();

    /// Whether stored() has not been asked for, and this question at most so often, by those who
    /// read.
    bool is_new_to_direct_reads(unsigned patience, Planning planning);

private:
    std::shared_ptr<StoredDataset> stored_;
    std::atomic<unsigned> times_asked_{0};
};

}  // namespace hyperslab::engine
