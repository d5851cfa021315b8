// A dataset, and how it lies in its file, which is found out when it is first needed.
//
// Every member function takes the library lock.
#pragma once

#include <atomic>
#include <memory>

#include "engine/facts/dataset_facts.hpp"
#include "engine/facts/planning.hpp"
#include "engine/store/parallel_storage.hpp"
#include "engine/store/stored_dataset.hpp"

namespace hyperslab::engine {

class DatasetStorage : public DatasetFacts {
public:
    using DatasetFacts::DatasetFacts;

    /// How the dataset lies in its file. It is found out once.
    std::shared_ptr<StoredDataset> stored(Planning planning);

    /// How a dataset of a parallel file that is open for writing lies in it. It is found out once.
    ParallelStorage& stored_in_parallel();

    /// Whether libhdf5 decodes a chunk anew for each element, because the chunk is larger than the
    /// chunk cache. Nothing is asked of libhdf5: the result is false while it is not known.
    bool is_known_to_have_huge_chunks();

    /// Whether stored() has not been called, and this function at most `patience` times, for
    /// reading.
    bool is_new_to_direct_reads(unsigned patience, Planning planning);

private:
    std::shared_ptr<StoredDataset> stored_;
    std::shared_ptr<ParallelStorage> stored_in_parallel_;
    std::atomic<unsigned> times_asked_{0};
};

}  // namespace hyperslab::engine
