#include "elements/region.hpp"

#include "dtypes/reference.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/api/h5r.hpp"
#include "hdf5/api/h5s.hpp"

namespace hyperslab::python {
namespace {

namespace h5s = hdf5::h5s;

// The number of positions selected along an axis, if the selection is a grid: the number of all
// elements, divided by the number of those at the first position.
std::uint64_t selected_along(
    hdf5::Id space, std::size_t axis, const Shape& first, const Shape& last, std::uint64_t total) {
    if (first[axis] == last[axis]) {
        return 1;
    }
    Shape start = first;
    Shape count(first.size());
    for (std::size_t d = 0; d < first.size(); ++d) {
        count[d] = last[d] - first[d] + 1;
    }
    start[axis] += 1;
    count[axis] -= 1;
    const hdf5::Handle rest = h5s::copy(space);
    h5s::select_hyperslab(
        rest.id(), h5s::Operation::not_b, start.data(), nullptr, count.data(), nullptr);
    const auto left = static_cast<std::uint64_t>(h5s::selected_count(rest.id()));
    return left == 0 ? total : total / left;
}

Shape grid_shape(hdf5::Id space, std::uint64_t total) {
    const auto [first, last] = h5s::selection_bounds(space);
    Shape shape;
    for (std::size_t axis = 0; axis < first.size(); ++axis) {
        shape.push_back(selected_along(space, axis, first, last, total));
    }
    return element_count(shape) == total ? shape : Shape{total};
}

}  // namespace

std::optional<Shape> guess_shape(hdf5::Id space) {
    const h5s::ExtentClass extent = h5s::extent_class(space);
    if (extent == h5s::ExtentClass::null) {
        return std::nullopt;
    }
    const h5s::SelectionType selection = h5s::selection_type(space);
    if (extent == h5s::ExtentClass::scalar) {
        return selection == h5s::SelectionType::none ? std::nullopt : std::optional(Shape{});
    }
    Shape dims = h5s::dims(space);
    const auto count = static_cast<std::uint64_t>(h5s::selected_count(space));
    switch (selection) {
        case h5s::SelectionType::all:
            return dims;
        case h5s::SelectionType::points:
            return Shape{count};
        case h5s::SelectionType::hyperslabs:
            return count == 0 ? Shape(dims.size(), 0) : grid_shape(space, count);
        default:
            return Shape(dims.size(), 0);
    }
}

namespace {

void require_same(const DatasetID& dataset, const hdf5::Handle& target) {
    if (!target || hdf5::h5o::identity(target.id()) != hdf5::h5o::identity(dataset.id())) {
        throw nb::value_error("Region reference must point to this dataset");
    }
}

}  // namespace

hdf5::Handle region_in(const DatasetID& dataset, nb::handle reference) {
    const StandardReference* standard = nullptr;
    if (nb::try_cast(reference, standard) && standard != nullptr) {
        require_same(dataset, standard->value.open_object());
        return standard->value.open_region();
    }
    const auto& region = nb::cast<const RegionReference&>(reference);
    require_same(dataset, hdf5::h5r::dereference(region.value, dataset.id()));
    return hdf5::h5r::region(region.value, dataset.id());
}

}  // namespace hyperslab::python
