#include "engine/append.hpp"

#include <exception>

#include "core/checked.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {
namespace {

// Whatever was written of the new elements goes with their places.
void restore(const OpenDataset& dataset, const Shape& extent) noexcept {
    try {
        hdf5::h5d::set_extent_of_rank(dataset.id(), extent);
    } catch (const std::exception&) {  // the failure of the write is the one reported
        return;
    }
}

}  // namespace

Selection selection_along(const Shape& extent,
                          std::size_t axis,
                          std::uint64_t first,
                          const Shape& shape) {
    Shape start(extent.size(), 0);
    start[axis] = first;
    const Shape ones(extent.size(), 1);
    return Selection::hyperslab(extent, start, ones, shape, ones);
}

Shape with_axis(Shape shape, std::size_t rank, std::size_t axis) {
    if (shape.size() + 1 == rank) {
        shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), 1);
    }
    return shape;
}

void append(OpenDataset& dataset, const Appended& appended) {
    const hdf5::LockGuard guard;
    const std::shared_ptr<const Extent> before = dataset.extent();
    Shape grown = before->dims;
    const std::uint64_t first = grown[appended.axis];
    grown[appended.axis] = core::checked_add(first, appended.shape[appended.axis]);
    hdf5::h5d::set_extent_of_rank(dataset.id(), grown);
    if (element_count(appended.shape) == 0) {
        return;
    }
    try {
        const Selection added = selection_along(grown, appended.axis, first, appended.shape);
        write({dataset, added, appended.memory_type, appended.dxpl}, appended.elements);
    } catch (...) {
        restore(dataset, before->dims);
        throw;
    }
}

}  // namespace hyperslab::engine
