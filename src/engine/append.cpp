#include "engine/append.hpp"

#include <exception>

#include "core/checked.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {
namespace {

Selection added(const Shape& extent, const Appended& appended, std::uint64_t first) {
    Shape start(extent.size(), 0);
    start[appended.axis] = first;
    const Shape ones(extent.size(), 1);
    return Selection::hyperslab(extent, start, ones, appended.shape, ones);
}

// Whatever was written of the new elements goes with their places.
void restore(const OpenDataset& dataset, const Shape& extent) noexcept {
    try {
        hdf5::h5d::set_extent_of_rank(dataset.id(), extent);
    } catch (const std::exception&) {  // why the elements could not be written is told
        return;
    }
}

}  // namespace

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
        write({dataset, added(grown, appended, first), appended.memory_type, appended.dxpl},
              appended.elements);
    } catch (...) {
        restore(dataset, before->dims);
        throw;
    }
}

}  // namespace hyperslab::engine
