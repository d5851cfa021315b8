// DatasetID: an open dataset, and what is remembered about it.
#pragma once

#include <memory>
#include <optional>

#include "engine/open_dataset.hpp"
#include "known_type.hpp"
#include "object_id.hpp"

namespace hyperslab::python {

struct DatasetID : ObjectID {
    using ObjectID::ObjectID;

    /// What the library keeps of an open dataset.
    engine::OpenDataset& open() {
        if (!state) [[unlikely]] {
            open_first();
        }
        return *state;
    }
    void open_first();

    /// The dtype that elements are read as; a dataset's type never changes.
    nb::handle dtype();

    /// How elements of that dtype travel.
    const MemoryLayout& layout() { return known().layout(); }

    /// What is known of the type.
    KnownType& known();

    /// The transfer property list given to `_dxpl`, or the default.
    hdf5::Id dxpl() const { return transfer_plist.is_valid() ? transfer_plist_id : hdf5::kDefault; }

    std::unique_ptr<engine::OpenDataset> state{};
    nb::object transfer_plist{};  ///< a PropDXID, once asked for
    hdf5::Id transfer_plist_id = hdf5::kDefault;

private:
    std::shared_ptr<KnownType> known_{};
    nb::object dtype_{};
};

/// The shape as h5py gives it: a tuple, or None for a null dataspace.
nb::object dataset_shape(DatasetID& dataset);

/// The part of h5d that moves elements.
void bind_dataset_transfers(nb::module_& m, nb::class_<DatasetID, ObjectID>& c);

}  // namespace hyperslab::python
