#include "hyperslab/selection.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/checked.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab {
namespace {

void check_block(std::size_t axis,
                 std::uint64_t length,
                 std::uint64_t start,
                 std::uint64_t stride,
                 std::uint64_t count,
                 std::uint64_t block) {
    if (stride == 0 || block == 0) {
        throw Error(ErrorCode::invalid_argument,
                    "Hyperslab has a stride or block of 0 along axis " + std::to_string(axis));
    }
    if (count == 0) {
        return;
    }
    if (count > 1 && block > stride) {
        throw Error(ErrorCode::invalid_argument,
                    "Hyperslab has overlapping blocks along axis " + std::to_string(axis));
    }
    const std::uint64_t last_block =
        core::checked_add(start, core::checked_multiply(count - 1, stride));
    const std::uint64_t last = core::checked_add(last_block, block - 1);
    if (last >= length) {
        throw Error(ErrorCode::out_of_range,
                    "Hyperslab reaches position " + std::to_string(last) + " of axis " +
                        std::to_string(axis) + ", which has length " + std::to_string(length));
    }
}

}  // namespace

Selection::Selection(SelectionKind kind, std::span<const std::uint64_t> extent)
    : kind_(kind), rank_(extent.size()) {
    if (rank_ > kMaxRank) {
        throw Error(ErrorCode::invalid_argument,
                    "An extent has at most " + std::to_string(kMaxRank) + " dimensions, not " +
                        std::to_string(rank_));
    }
    if (rank_ > kInlineRank) {
        heap_.resize(kRows * rank_);
    }
    std::ranges::copy(extent, values(kExtent));
    std::fill_n(values(kStride), rank_, 1);
    std::ranges::copy(extent, values(kCount));
    std::fill_n(values(kBlock), rank_, 1);
}

Selection Selection::all(std::span<const std::uint64_t> extent) {
    return Selection(SelectionKind::all, extent);
}

Selection Selection::none(std::span<const std::uint64_t> extent) {
    return Selection(SelectionKind::none, extent);
}

Selection Selection::hyperslab(std::span<const std::uint64_t> extent,
                               std::span<const std::uint64_t> start,
                               std::span<const std::uint64_t> stride,
                               std::span<const std::uint64_t> count,
                               std::span<const std::uint64_t> block) {
    Selection result(SelectionKind::hyperslab, extent);
    for (const auto& values : {start, stride, count, block}) {
        if (values.size() != extent.size()) {
            throw Error(ErrorCode::invalid_argument, "Hyperslab and extent have unequal ranks");
        }
    }
    for (std::size_t d = 0; d < extent.size(); ++d) {
        check_block(d, extent[d], start[d], stride[d], count[d], block[d]);
    }
    std::ranges::copy(start, result.values(kStart));
    std::ranges::copy(stride, result.values(kStride));
    std::ranges::copy(count, result.values(kCount));
    std::ranges::copy(block, result.values(kBlock));
    return result;
}

Selection Selection::points(std::span<const std::uint64_t> extent,
                            std::vector<std::uint64_t> coordinates) {
    Selection result(SelectionKind::points, extent);
    if (extent.empty() || coordinates.size() % extent.size() != 0) {
        throw Error(ErrorCode::invalid_argument,
                    std::to_string(coordinates.size()) + " coordinates are no points of " +
                        std::to_string(extent.size()) + " dimensions");
    }
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
        const std::uint64_t length = extent[i % extent.size()];
        if (coordinates[i] >= length) {
            throw Error(ErrorCode::out_of_range,
                        "Point " + std::to_string(i / extent.size()) + " has coordinate " +
                            std::to_string(coordinates[i]) + " on an axis of length " +
                            std::to_string(length));
        }
    }
    result.set_points(std::move(coordinates));
    return result;
}

void Selection::set_points(std::vector<std::uint64_t> coordinates) {
    kind_ = coordinates.empty() ? SelectionKind::none : SelectionKind::points;
    positions_ = std::move(coordinates);
}

bool Selection::is_whole() const {
    if (kind_ == SelectionKind::points || kind_ == SelectionKind::none) {
        return false;
    }
    for (std::size_t d = 0; d < rank_; ++d) {
        // Positions of an axis never repeat, so a selection of as many as the axis has is one of
        // all.
        if (selected_length(d) != extent()[d]) {
            return false;
        }
    }
    return true;
}

std::uint64_t Selection::element_count() const {
    if (kind_ == SelectionKind::points || kind_ == SelectionKind::none) {
        return kind_ == SelectionKind::none ? 0 : positions_.size() / rank_;
    }
    std::array<std::uint64_t, kMaxRank> lengths;
    for (std::size_t d = 0; d < rank_; ++d) {
        lengths[d] = selected_length(d);
    }
    return core::checked_product(std::span(lengths).first(rank_));
}

Shape Selection::memory_shape() const {
    if (kind_ == SelectionKind::points || kind_ == SelectionKind::none) {
        return {element_count()};
    }
    Shape shape(rank_);
    for (std::size_t d = 0; d < rank_; ++d) {
        shape[d] = selected_length(d);
    }
    return shape;
}

Shape Selection::result_shape() const {
    Shape shape = memory_shape();
    if (scalar_axes_ != 0) {
        std::size_t kept = 0;
        for (std::size_t d = 0; d < rank_; ++d) {
            if (!is_scalar(d)) {
                shape[kept++] = shape[d];
            }
        }
        shape.resize(kept);
    }
    return shape;
}

}  // namespace hyperslab
