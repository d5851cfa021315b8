// DatasetID: an open dataset, and what is remembered about it.
#pragma once

#include <memory>
#include <optional>

#include "engine/open_dataset.hpp"
#include "memory_layout.hpp"
#include "object_id.hpp"

namespace hyperslab::python {

struct DatasetID : ObjectID {
    using ObjectID::ObjectID;

    /// What the library keeps of an open dataset.
    engine::OpenDataset& open() {
        if (!state) {
            state = std::make_unique<engine::OpenDataset>(id());
        }
        return *state;
    }

    /// The dtype that elements are read as; a dataset's type never changes.
    nb::handle dtype();

    /// How elements of that dtype travel.
    const MemoryLayout& layout();

    /// A zero-dimensional array of that dtype, for reading single elements into; null for dtypes
    /// whose scalars are views of their array.
    nb::handle scratch();
    void* scratch_data() const { return scratch_data_; }

    /// The transfer property list given to `_dxpl`, or the default.
    hdf5::Id dxpl() const { return transfer_plist.is_valid() ? transfer_plist_id : hdf5::kDefault; }

    std::unique_ptr<engine::OpenDataset> state{};
    nb::object dtype_{};
    std::unique_ptr<MemoryLayout> layout_{};
    nb::object scratch_{};
    void* scratch_data_ = nullptr;
    nb::object transfer_plist{};  ///< a PropDXID, once asked for
    hdf5::Id transfer_plist_id = hdf5::kDefault;
};

/// The shape as h5py gives it: a tuple, or None for a null dataspace.
nb::object dataset_shape(DatasetID& dataset);

}  // namespace hyperslab::python
