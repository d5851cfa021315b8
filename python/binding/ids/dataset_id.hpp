// DatasetID: an open dataset, and what is remembered about it.
#pragma once

#include <memory>
#include <optional>

#include "dtypes/known_type.hpp"
#include "engine/store/open_dataset.hpp"
#include "ids/object_id.hpp"
#include "support/made_once.hpp"

namespace hyperslab::python {

struct DatasetID : ObjectID {
    using ObjectID::ObjectID;

    /// What the engines remember of the open dataset. It is made when first asked for.
    engine::OpenDataset& open() {
        return open_.get([this] { return open_first(); });
    }

    /// What open() returns, or null when open() has not been called.
    engine::OpenDataset* open_before() { return open_.get_if(); }

    /// The dtype that elements are read as; a dataset's type never changes.
    nb::handle dtype();

    /// How elements of the dtype travel to and from libhdf5.
    const MemoryLayout& layout() { return known().layout(); }

    /// What is known of the type.
    KnownType& known();

    /// The transfer property list given to `_dxpl`, or the default.
    hdf5::Id dxpl() const {
        const TransferList* const list = transfer_list_.get_if();
        return list != nullptr ? list->id : hdf5::kDefault;
    }

    /// The transfer property list as a PropDXID, which is made when first asked for.
    nb::object transfer_plist();

private:
    struct TransferList {
        nb::object object;
        hdf5::Id id;
    };

    std::unique_ptr<engine::OpenDataset> open_first();

    MadeOnce<engine::OpenDataset> open_{};
    MadeOnce<std::shared_ptr<KnownType>> known_{};
    MadeOnce<nb::object> dtype_{};
    MadeOnce<TransferList> transfer_list_{};
};

/// The shape of a dataset as h5py returns it: a tuple, or None for a null dataspace.
nb::object dataset_shape(DatasetID& dataset);

}  // namespace hyperslab::python
