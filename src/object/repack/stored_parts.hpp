// Which parts of a dataset were ever written: the others need not be copied, and take no space.
#pragma once

#include <vector>

#include "engine/store/open_dataset.hpp"
#include "hdf5/api/h5d.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::object {

class StoredParts {
public:
    explicit StoredParts(engine::OpenDataset& dataset);

    /// Whether a selection has elements that were written.
    bool touch(const Selection& selection) const;

private:
    Shape chunk_;  ///< empty where everything counts as written
    std::vector<hdf5::h5d::IndexedChunk> chunks_;
};

/// Whether the index of chunks of a dataset can be listed. libhdf5 gives wrong coordinates for some
/// that may grow along other axes than the first one.
bool has_listable_chunks(engine::OpenDataset& dataset);

}  // namespace hyperslab::object
