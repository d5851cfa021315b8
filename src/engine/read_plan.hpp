// All that a read past libhdf5 needs.
#pragma once

#include <memory>

#include "engine/memory_form.hpp"
#include "engine/stored_dataset.hpp"
#include "selection/chunks.hpp"

namespace hyperslab::engine {

struct ReadPlan {
    std::shared_ptr<StoredDataset> stored;
    std::shared_ptr<const MemoryForm> form;
    selection::ChunkedSelection parts;
    StoredElements elements;
};

/// Planning remembers: how often a dataset was read, how much was asked of a chunk index. Whoever
/// only wants to know leaves all of that as it is.
enum class Planning { to_read, to_know };

}  // namespace hyperslab::engine
