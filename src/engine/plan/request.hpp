// What is to be read or written.
//
// A request names a dataset, a selection in it and the type of the elements in memory; the memory
// is always one block in C order, shaped like the selection.
#pragma once

#include <exception>
#include <memory>

#include "engine/store/open_dataset.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/selection.hpp"

namespace hyperslab::engine {

struct Request {
    OpenDataset& dataset;
    const Selection& selection;
    /// HDF5 type of the elements in memory.
    hdf5::Id memory_type;
    hdf5::Id dxpl = hdf5::kDefault;
    /// Makes what keeps the memory of a read alive. With it, a read that is interrupted does not
    /// wait for threads that still write there; without, it does.
    std::shared_ptr<void> (*keep_memory)(void* owner) = nullptr;
    void* memory_owner = nullptr;
    /// The memory of a read is fresh from the system, all zeros: touching it costs more than that,
    /// so elements that were never written and are zeros are left alone.
    bool memory_is_zeroed = false;
};

/// Thrown by whoever reads or writes when the dataset's extent is not, or no longer, that of the
/// selection: other threads resize. The caller selects again.
struct ExtentChanged : std::exception {
    const char* what() const noexcept override { return "the dataset has been resized"; }
};

}  // namespace hyperslab::engine
