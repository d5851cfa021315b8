#include "object/datasets/space_selection.hpp"

#include <algorithm>

#include "core/checked.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::object {
namespace {

namespace h5s = hdf5::h5s;

// The number of blocks that begin and end inside the extent.
std::uint64_t count_that_fits(const h5s::Hyperslab& slab, std::size_t axis, std::uint64_t length) {
    const std::uint64_t end = core::checked_add(slab.start[axis], slab.block[axis]);
    return end > length ? 0 : (length - end) / slab.stride[axis] + 1;
}

// The extent around a selection. Where a selection without end is kept in a file, its extent may be
// missing.
Shape extent_around(const h5s::Hyperslab& slab, Shape extent) {
    const auto has_no_end = [&](std::size_t d) {
        return slab.count[d] == kUnlimited || slab.block[d] == kUnlimited;
    };
    bool endless = false;
    for (std::size_t d = 0; d < extent.size(); ++d) {
        endless = endless || has_no_end(d);
    }
    for (std::size_t d = 0; endless && d < extent.size(); ++d) {
        if (!has_no_end(d) && slab.count[d] != 0) {
            const std::uint64_t last = core::checked_add(
                slab.start[d], core::checked_multiply(slab.count[d] - 1, slab.stride[d]));
            extent[d] = std::max(extent[d], core::checked_add(last, slab.block[d]));
        }
    }
    return extent;
}

Selection regular(hdf5::Id space, const Shape& dims) {
    h5s::Hyperslab slab = h5s::regular_hyperslab(space);
    const Shape extent = extent_around(slab, dims);
    for (std::size_t d = 0; d < extent.size(); ++d) {
        if (slab.block[d] == kUnlimited) {
            slab.block[d] = extent[d] - std::min(slab.start[d], extent[d]);
            slab.stride[d] = std::max<std::uint64_t>(slab.block[d], 1);
            slab.count[d] = slab.block[d] == 0 ? 0 : 1;
            slab.block[d] = std::max<std::uint64_t>(slab.block[d], 1);
        } else if (slab.count[d] == kUnlimited) {
            slab.count[d] = count_that_fits(slab, d, extent[d]);
        }
    }
    return Selection::hyperslab(extent, slab.start, slab.stride, slab.count, slab.block);
}

// Points in the order of the selection.
Selection irregular(hdf5::Id space, const Shape& extent) {
    std::vector<std::uint64_t> coordinates;
    for (const selection::Run& run : h5s::selected_runs(space)) {
        for (std::uint64_t element = run.first; element < run.first + run.count; ++element) {
            std::uint64_t rest = element;
            coordinates.resize(coordinates.size() + extent.size());
            for (std::size_t d = 0; d < extent.size(); ++d) {
                const std::size_t axis = extent.size() - 1 - d;
                *(coordinates.end() - 1 - static_cast<std::ptrdiff_t>(d)) = rest % extent[axis];
                rest /= extent[axis];
            }
        }
    }
    return Selection::points(extent, std::move(coordinates));
}

}  // namespace

Selection selection_of(hdf5::Id space) {
    const hdf5::LockGuard guard;
    const Shape extent =
        h5s::extent_class(space) == h5s::ExtentClass::simple ? h5s::dims(space) : Shape{};
    switch (h5s::selection_type(space)) {
        case h5s::SelectionType::all:
            return Selection::all(extent);
        case h5s::SelectionType::points:
            return Selection::points(extent, h5s::selected_points(space));
        case h5s::SelectionType::hyperslabs:
            return h5s::is_regular_hyperslab(space) ? regular(space, extent)
                                                    : irregular(space, extent);
        default:
            return Selection::none(extent);
    }
}

std::optional<std::size_t> unlimited_axis(hdf5::Id space) {
    const hdf5::LockGuard guard;
    if (h5s::selection_type(space) != h5s::SelectionType::hyperslabs ||
        !h5s::is_regular_hyperslab(space)) {
        return std::nullopt;
    }
    const h5s::Hyperslab slab = h5s::regular_hyperslab(space);
    for (std::size_t d = 0; d < slab.count.size(); ++d) {
        if (slab.count[d] == kUnlimited || slab.block[d] == kUnlimited) {
            return d;
        }
    }
    return std::nullopt;
}

}  // namespace hyperslab::object
