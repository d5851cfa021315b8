#include "selection/grid.hpp"

#include <algorithm>
#include <utility>

#include "core/checked.hpp"

namespace hyperslab::selection {
namespace {

std::uint64_t boxes_along(std::uint64_t length, std::uint64_t box) {
    return length / box + (length % box == 0 ? 0 : 1);
}

}  // namespace

Grid::Grid(Shape extent, Shape box) : extent_(std::move(extent)), box_(std::move(box)) {}

std::uint64_t Grid::along(std::size_t axis) const { return boxes_along(extent_[axis], box_[axis]); }

std::uint64_t Grid::size() const {
    std::uint64_t count = 1;
    for (std::size_t axis = 0; axis < extent_.size(); ++axis) {
        count = core::checked_multiply(count, along(axis));
    }
    return count;
}

Shape Grid::offset(std::uint64_t number) const {
    Shape offset(extent_.size());
    for (std::size_t axis = extent_.size(); axis-- > 0;) {
        offset[axis] = number % along(axis) * box_[axis];
        number /= along(axis);
    }
    return offset;
}

Shape Grid::length(const Shape& offset) const {
    Shape length(extent_.size());
    for (std::size_t axis = 0; axis < extent_.size(); ++axis) {
        length[axis] = std::min(box_[axis], extent_[axis] - offset[axis]);
    }
    return length;
}

std::uint64_t Grid::number(const Shape& position) const {
    std::uint64_t number = 0;
    for (std::size_t axis = 0; axis < extent_.size(); ++axis) {
        number = number * along(axis) + position[axis] / box_[axis];
    }
    return number;
}

Shape grown_box(const Shape& extent, Shape box, std::uint64_t element_size, std::uint64_t bytes) {
    std::uint64_t size = core::checked_multiply(core::checked_product(box), element_size);
    for (std::size_t axis = extent.size(); axis-- > 0;) {
        const std::uint64_t most = std::max<std::uint64_t>(boxes_along(extent[axis], box[axis]), 1);
        const std::uint64_t times =
            std::clamp<std::uint64_t>(bytes / std::max<std::uint64_t>(size, 1), 1, most);
        box[axis] *= times;
        size *= times;
        if (times < most) {
            break;
        }
    }
    return box;
}

}  // namespace hyperslab::selection
