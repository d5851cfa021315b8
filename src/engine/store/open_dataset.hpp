// What is remembered of an open dataset, by those who read and write it.
//
// dataset_facts.hpp has what libhdf5 says of it, dataset_storage.hpp how it lies in its file.
#pragma once

#include "engine/store/dataset_storage.hpp"
#include "engine/store/nearby_elements.hpp"

namespace hyperslab::engine {

class OpenDataset : public DatasetStorage {
public:
    using DatasetStorage::DatasetStorage;

    /// The elements around the one read last. Takes no lock.
    NearbyElements& nearby() { return nearby_; }

private:
    NearbyElements nearby_;
};

}  // namespace hyperslab::engine
