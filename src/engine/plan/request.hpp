// What a caller wants to read or write.
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
    /// The HDF5 type of the elements in memory.
    hdf5::Id memory_type;
    hdf5::Id dxpl = hdf5::kDefault;
    /// Returns an object that keeps the memory alive, or is null. With it, a read or a write that
    /// is interrupted does not wait for threads that are still at that memory; without it, it
    /// waits.
    std::shared_ptr<void> (*keep_memory)(void* owner) = nullptr;
    void* memory_owner = nullptr;
    /// Whether the memory of a read is fresh from the system and all zeros. Touching it takes time,
    /// so elements that were never written and are zeros are then left alone.
    bool memory_is_zeroed = false;
};

/// Is thrown by a read or a write when the dataset's extent is not that of the selection, because
/// another thread has resized it. The caller then selects again.
struct ExtentChanged : std::exception {
    const char* what() const noexcept override { return "the dataset has been resized"; }
};

}  // namespace hyperslab::engine
