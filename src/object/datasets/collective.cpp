#include "hyperslab/collective.hpp"

#include "object/handles/object_state.hpp"

namespace hyperslab {

Collective::Collective(const Dataset& dataset)
    : dataset_(dataset), before_(object::dataset_state(dataset).open().set_collective(true)) {}

// The dataset may have been closed with its file, and has no transfers then.
Collective::~Collective() {
    if (dataset_.valid()) {
        object::dataset_state(dataset_).open().set_collective(before_);
    }
}

}  // namespace hyperslab
