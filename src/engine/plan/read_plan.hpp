// Everything that a read past libhdf5 needs.
#pragma once

#include <memory>

#include "engine/store/memory_form.hpp"
#include "engine/store/stored_dataset.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

struct ReadPlan {
    std::shared_ptr<StoredDataset> stored;
    std::shared_ptr<const MemoryForm> form;
    selection::ChunkedSelection parts;
    StoredElements elements;
};

}  // namespace hyperslab::engine
