// Selections: elements of an extent, in numbers.
//
// An index expression says what a caller wants; resolved against an extent it becomes a Selection,
// which says it in the terms of HDF5: start, stride, count and block of every axis, or a list of
// positions on one axis, or a list of points. Pure arithmetic: no file, no dataspace.
//
// Every selection has two shapes. The *memory shape* has the rank of the extent; the *result shape*
// lacks the axes that were indexed by a single position. Both hold the same elements in the same
// order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "hyperslab/index.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

/// The largest rank of a dataspace (H5S_MAX_RANK).
inline constexpr std::size_t kMaxRank = 32;

enum class SelectionKind {
    all,        ///< every element (H5S_SEL_ALL)
    hyperslab,  ///< equal blocks at equal distances along every axis (H5S_SEL_HYPERSLABS)
    list,       ///< like a hyperslab, but one axis has a list of positions
    points,     ///< single elements in any order, one-dimensional (H5S_SEL_POINTS)
    none,       ///< no element; one-dimensional and empty (H5S_SEL_NONE)
};

namespace selection {
class Resolver;
}

class Selection {
public:
    /// The selection of the single element of a scalar.
    Selection() = default;

    /// \name Making selections
    /// All throw Error (invalid_argument) for an extent of more than kMaxRank dimensions.
    ///@{
    static Selection all(std::span<const std::uint64_t> extent);
    static Selection none(std::span<const std::uint64_t> extent);

    /// The four have the rank of the extent. Counts may be zero.
    /// \throws Error (invalid_argument) for unequal ranks, a stride or block of zero, blocks that
    ///         overlap; (out_of_range) for blocks that reach past the extent
    static Selection hyperslab(std::span<const std::uint64_t> extent,
                               std::span<const std::uint64_t> start,
                               std::span<const std::uint64_t> stride,
                               std::span<const std::uint64_t> count,
                               std::span<const std::uint64_t> block);

    /// \param coordinates  of all points in the order of the result, `rank` values each
    /// \throws Error (invalid_argument) for a scalar extent or an incomplete point; (out_of_range)
    ///         for a point outside the extent
    static Selection points(std::span<const std::uint64_t> extent,
                            std::vector<std::uint64_t> coordinates);

    /// The elements where a row-major mask over the whole extent is not zero.
    /// \throws Error (invalid_argument) for a scalar extent; (type_mismatch) for a mask without
    ///     exactly one value for every element of the extent
    static Selection from_mask(std::span<const std::uint64_t> extent,
                               std::span<const std::uint8_t> mask);
    ///@}

    SelectionKind kind() const { return kind_; }
    std::size_t rank() const { return rank_; }
    std::span<const std::uint64_t> extent() const { return row(kExtent); }

    /// \name Regular axes
    /// One value for every axis, empty for points and none. The axis of a list has start 0 and
    /// as many blocks of 1 as the list has positions.
    ///@{
    std::span<const std::uint64_t> start() const { return regular_row(kStart); }
    std::span<const std::uint64_t> stride() const { return regular_row(kStride); }
    std::span<const std::uint64_t> count() const { return regular_row(kCount); }
    std::span<const std::uint64_t> block() const { return regular_row(kBlock); }
    ///@}

    /// The axis that has a list; only of kind list.
    std::size_t list_axis() const { return list_axis_; }
    /// The positions of a list, increasing; empty for other kinds.
    std::span<const std::uint64_t> list() const { return positions_if(SelectionKind::list); }
    /// The coordinates of all points, `rank` values each; empty for other kinds.
    std::span<const std::uint64_t> points() const { return positions_if(SelectionKind::points); }

    /// Whether the axis was indexed by a single position and is not in the result shape.
    bool is_scalar(std::size_t axis) const { return (scalar_axes_ >> axis & 1) != 0; }

    /// Whether every element of the extent is selected, in order, however that was expressed.
    /// Points are never taken for that.
    bool is_whole() const;

    /// \throws Error (invalid_argument) when it does not fit 64 bits
    std::uint64_t element_count() const;

    /// The shape with as many dimensions as the extent has; (n,) for points and none.
    Shape memory_shape() const;
    /// The memory shape without its scalar axes.
    Shape result_shape() const;

private:
    friend class selection::Resolver;

    enum Row : std::size_t { kExtent, kStart, kStride, kCount, kBlock, kRows };
    static constexpr std::size_t kInlineRank = 4;

    /// Selects everything, under any kind.
    Selection(SelectionKind kind, std::span<const std::uint64_t> extent);

    std::uint64_t* values(Row which) {
        return (rank_ <= kInlineRank ? inline_.data() : heap_.data()) + which * rank_;
    }
    std::span<const std::uint64_t> row(Row which) const {
        return {(rank_ <= kInlineRank ? inline_.data() : heap_.data()) + which * rank_, rank_};
    }
    std::span<const std::uint64_t> regular_row(Row which) const {
        const bool regular = kind_ != SelectionKind::points && kind_ != SelectionKind::none;
        return regular ? row(which) : std::span<const std::uint64_t>();
    }
    std::span<const std::uint64_t> positions_if(SelectionKind kind) const {
        return kind_ == kind ? std::span<const std::uint64_t>(positions_)
                             : std::span<const std::uint64_t>();
    }
    // The number of positions selected on an axis. It is at most the length of the axis, so that it
    // cannot wrap.
    std::uint64_t selected_length(std::size_t axis) const {
        return row(kCount)[axis] * row(kBlock)[axis];
    }
    void set_points(std::vector<std::uint64_t> coordinates);

    SelectionKind kind_ = SelectionKind::all;
    std::uint32_t scalar_axes_ = 0;  // one bit an axis
    std::size_t rank_ = 0;
    std::size_t list_axis_ = 0;
    // The rows follow one another, `rank` values each; low ranks without an allocation.
    std::array<std::uint64_t, kRows * kInlineRank> inline_{};
    std::vector<std::uint64_t> heap_;
    std::vector<std::uint64_t> positions_;  // the list, or the coordinates of the points
};

/// The selection of an expression in an extent, exactly as in h5py.
///
/// A mask on a one-dimensional extent gives points, on other extents a list.
/// \throws Error (invalid_argument) for more indices than dimensions, two ellipses, a step below 1,
///         a MultiBlock that is malformed or leaves the extent; (out_of_range) for a position
///         outside the extent; (type_mismatch) for a list that does not increase, a second list, a
///         mask of the wrong length
Selection resolve(const IndexExpression& expression, const Shape& extent);

}  // namespace hyperslab
