#include "dataset_id.hpp"

#include "numpy_api.hpp"
#include "numpy_dtype.hpp"

namespace hyperslab::python {

nb::handle DatasetID::dtype() {
    if (!dtype_.is_valid()) {
        dtype_ = dtype_from_type(open().type());
    }
    return dtype_;
}

const MemoryLayout& DatasetID::layout() {
    if (!layout_) {
        layout_ = std::make_unique<MemoryLayout>(dtype(), open().type());
    }
    return *layout_;
}

nb::handle DatasetID::scratch() {
    if (!scratch_.is_valid()) {
        const char kind = dtype_kind(dtype());
        if (kind == 'V' || kind == 'O' || !layout().direct()) {
            return {};
        }
        scratch_ = zeros_array({}, dtype());
        scratch_data_ = ArrayView(scratch_).data();
    }
    return scratch_;
}

nb::object dataset_shape(DatasetID& dataset) {
    const engine::Extent& extent = dataset.open().extent();
    return extent.is_null() ? nb::none() : nb::object(tuple_from_shape(extent.dims));
}

}  // namespace hyperslab::python
