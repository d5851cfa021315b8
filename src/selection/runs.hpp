// The contiguous runs of a selection: which stretches of the extent's linear element order it
// takes.
//
// Storage is linear, selections are not. A run is a stretch of elements that follow one another
// both in the row-major order of the extent and in the order of the result, so it can be moved in
// one piece. Whole rows flow together into one run, and so do blocks that touch.
//
// An extent of shape (n0, ..., nk) has its element (p0, ..., pk) at the place p0*u0 + ... + pk*uk,
// where the unit ud is the product of the lengths behind axis d. The axes that are taken whole,
// from the last one on, multiply to the length of a run; the others are loops around it. In an
// extent of (4, 5, 6), the selection [1:3, :, :] has whole rows of 30 elements and one loop, whose
// two positions lie side by side: one run of 60 elements from place 30 on. [1:3, 2, :] has rows of
// 6 elements and two loops: runs of 6 elements from the places 42 and 72 on. chunks.hpp has the
// same for datasets in chunks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "hyperslab/selection.hpp"

namespace hyperslab::selection {

/// A number of positions or elements that follow one another; `count` is positive.
struct Run {
    std::uint64_t first;
    std::uint64_t count;

    friend bool operator==(const Run&, const Run&) = default;
};

/// The runs of a list of increasing positions, so that neighbours can be selected as one block.
std::vector<Run> coalesce(std::span<const std::uint64_t> positions);

/// A regular selection or a list as nested loops. Rows that are taken whole are no loops.
class RunWalk {
public:
    /// \param selection  of kind all, hyperslab or list, with at least one element
    /// \throws Error (invalid_argument) when the extent's elements cannot be counted in 64 bits
    explicit RunWalk(const Selection& selection);

    /// The number of runs that operator() emits.
    std::uint64_t count() const {
        std::uint64_t runs = 1;
        for (std::size_t depth = 0; depth < rank_; ++depth) {
            const Axis& axis = axes_[depth];
            const bool last = depth + 1 == rank_;
            runs *= last ? axis.blocks : axis.listed ? list_positions_ : axis.blocks * axis.length;
        }
        return runs;
    }

    /// Calls emit(number of the first element in the extent, number of elements) for each run.
    template <class Emit>
    void operator()(Emit& emit) const {
        if (rank_ == 0) {
            emit(std::uint64_t{0}, unit_);
        } else {
            walk(0, 0, emit);
        }
    }

private:
    struct Axis {
        std::uint64_t start, stride, blocks, length;  // where the axis is not listed
        std::uint64_t unit;                           // elements from one position to the next
        bool listed;                                  // its blocks are those of list_
    };

    Run block(const Axis& axis, std::uint64_t i) const {
        return axis.listed ? list_[i] : Run{axis.start + i * axis.stride, axis.length};
    }

    template <class Emit>
    void walk(std::size_t depth, std::uint64_t base, Emit& emit) const {
        const Axis& axis = axes_[depth];
        for (std::uint64_t i = 0; i < axis.blocks; ++i) {
            const Run run = block(axis, i);
            if (depth + 1 == rank_) {
                emit(base + run.first * axis.unit, run.count * axis.unit);
                continue;
            }
            for (std::uint64_t k = 0; k < run.count; ++k) {
                walk(depth + 1, base + (run.first + k) * axis.unit, emit);
            }
        }
    }

    Axis axis_of(const Selection& selection, std::size_t d, std::uint64_t unit);

    std::array<Axis, kMaxRank> axes_;
    std::size_t rank_ = 0;    // the number of loops
    std::uint64_t unit_ = 1;  // the elements of a row that is taken whole
    std::vector<Run> list_;
    std::uint64_t list_positions_ = 0;
};

}  // namespace hyperslab::selection
