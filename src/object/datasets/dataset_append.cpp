// Appending: a dataset grows and is written to in one step.

#include <memory>
#include <string>

#include "core/checked.hpp"
#include "engine/append.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/dataset.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/prepared_elements.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab {
namespace object {
namespace {

void require_growing(DatasetState& state, std::size_t axis) {
    const std::size_t rank = state.open().extent()->dims.size();
    if (state.open().layout() != hdf5::h5d::Layout::chunked) {
        throw Error(ErrorCode::type_mismatch, "Only chunked datasets can be appended to");
    }
    if (axis >= rank) {
        throw Error(ErrorCode::invalid_argument,
                    "There is no axis " + std::to_string(axis) +
                        " to append along in a dataset of " + "rank " + std::to_string(rank));
    }
}

// What is appended, with the axis along which; a row may come without it.
Shape appended_shape(const PreparedElements& prepared, const Shape& extent, std::size_t axis) {
    Shape shape = engine::with_axis(prepared.shape, extent.size(), axis);
    Shape wanted = extent;
    if (axis < shape.size()) {
        wanted[axis] = shape[axis];
    }
    if (shape != wanted) {
        throw Error(ErrorCode::invalid_argument,
                    "Elements of shape " + to_string(prepared.shape) +
                        " cannot be appended along axis " + std::to_string(axis) +
                        " to a dataset of shape " + to_string(extent));
    }
    return shape;
}

void append(const detail::ArrayPlace& place,
            std::size_t axis,
            const detail::ConstArrayRef& source) {
    DatasetState& state = dataset_state(place.dataset);
    const PreparedElements prepared = prepare(place, source);  // by code of the caller's
    const hdf5::LockGuard guard;
    engine::OpenDataset& dataset = state.open();
    const std::shared_ptr<const engine::Extent> before = dataset.extent();
    const Shape& extent = before->dims;
    require_growing(state, axis);
    const Shape shape = appended_shape(prepared, extent, axis);
    Shape grown = extent;
    grown[axis] = core::checked_add(grown[axis], shape[axis]);
    require_within(grown, before->max_dims);
    converting(prepared.type->id(), dataset.type_id(), [&] {
        engine::append(dataset, {axis, shape, prepared.type->id(), prepared.elements.data()});
    });
}

}  // namespace
}  // namespace object

void Dataset::append_from(const detail::ConstArrayRef& source, std::size_t axis) const {
    object::DatasetState& state = object::dataset_state(*this);
    object::naming(state, [&] {
        object::changing(state, [&] { object::append({*this, {}}, axis, source); });
    });
}

}  // namespace hyperslab
