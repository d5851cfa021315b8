#include "dataset_id.hpp"

#include "filter_packages.hpp"
#include "numpy_api.hpp"

namespace hyperslab::python {

void DatasetID::open_first() {
    provide_filters(id());
    state = std::make_unique<engine::OpenDataset>(id());
}

KnownType& DatasetID::known() {
    if (!known_) {
        known_ = known_type(open().type());
    }
    return *known_;
}

nb::handle DatasetID::dtype() {
    if (!dtype_.is_valid()) {
        dtype_ = known().dtype();
    }
    return dtype_;
}

nb::object dataset_shape(DatasetID& dataset) {
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    return extent->is_null() ? nb::none() : nb::object(tuple_from_shape(extent->dims));
}

}  // namespace hyperslab::python
