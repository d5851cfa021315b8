// What is remembered of an open dataset for reading and writing it.
//
// dataset_facts.hpp has what libhdf5 says of it, dataset_storage.hpp how it lies in its file.
#pragma once

#include "engine/store/dataset_storage.hpp"
#include "engine/store/nearby_elements.hpp"

namespace hyperslab::engine {

class OpenDataset : public DatasetStorage {
public:
    using DatasetStorage::DatasetStorage;

    /// The elements around the one that was read last. It takes no lock.
    NearbyElements& nearby() { return nearby_; }

private:
    NearbyElements nearby_;
};

}  // namespace hyperslab::engine
