#include "ids/dataset_id.hpp"

#include "dtypes/numpy_api.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "ids/prop_id.hpp"
#include "support/filter_packages.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {

std::unique_ptr<engine::OpenDataset> DatasetID::open_first() {
    provide_filters(id());
    return std::make_unique<engine::OpenDataset>(id());
}

KnownType& DatasetID::known() {
    return *known_.get(
        [this] { return std::make_unique<std::shared_ptr<KnownType>>(known_type(open().type())); });
}

nb::handle DatasetID::dtype() {
    return dtype_.get([this] { return std::make_unique<nb::object>(known().dtype()); });
}

nb::object DatasetID::transfer_plist() {
    const auto make = [] {
        hdf5::Handle plist = hdf5::h5p::create(hdf5::h5p::ListClass::dataset_transfer);
        const hdf5::Id id = plist.id();
        return std::make_unique<TransferList>(wrap_property_list(std::move(plist)), id);
    };
    return transfer_list_.get(make).object;
}

nb::object dataset_shape(DatasetID& dataset) {
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    return extent->is_null() ? nb::none() : nb::object(tuple_from_shape(extent->dims));
}

}  // namespace hyperslab::python
