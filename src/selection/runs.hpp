// The contiguous runs of a selection: what of the extent's linear element order it touches.
//
// Storage is linear, selections are not. A run is a stretch of elements that follow one another in
// both the row-major order of the extent and the order of the result, so that it can be moved in
// one piece. Runs are as long as they can be: whole rows flow together, and so do blocks that
// touch.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "hyperslab/selection.hpp"

namespace hyperslab::selection {

/// `count` positions or elements from `first` on; the count is positive.
struct Run {
    std::uint64_t first;
    std::uint64_t count;

    friend bool operator==(const Run&, const Run&) = default;
};

/// Joins runs that follow one another before handing them on.
template <class Visit>
class RunJoiner {
public:
    explicit RunJoiner(Visit& visit) : visit_(visit) {}

    void operator()(std::uint64_t first, std::uint64_t count) {
        if (pending_.first + pending_.count == first && pending_.count != 0) {
            pending_.count += count;
            return;
        }
        flush();
        pending_ = {first, count};
    }

    /// Hands on what is still held back; to be called at the end.
    void flush() {
        if (pending_.count != 0) {
            visit_(pending_.first, pending_.count);
        }
    }

private:
    Visit& visit_;
    Run pending_{0, 0};
};

/// The runs of a list of positions, so that neighbours can be selected as one block.
std::vector<Run> coalesce(std::span<const std::uint64_t> positions);

/// The nested loops that a regular selection or a list is, rows that are taken whole folded away.
class RunWalk {
public:
    /// \param selection  of kind all, hyperslab or list, with at least one element
    /// \throws Error (invalid_argument) when the extent's elements cannot be counted in 64 bits
    explicit RunWalk(const Selection& selection);

    /// The number of runs that are emitted.
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
        std::uint64_t start, stride, blocks, length;  // a list has its blocks in list_ instead
        std::uint64_t unit;                           // elements from one position to the next
        bool listed;
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
    std::size_t rank_ = 0;    // of the loops, whole rows not counted
    std::uint64_t unit_ = 1;  // elements of a whole row
    std::vector<Run> list_;
    std::uint64_t list_positions_ = 0;
};

/// The linear position of every point, in their order.
class PointWalk {
public:
    /// \throws Error (invalid_argument) when the extent's elements cannot be counted in 64 bits
    explicit PointWalk(const Selection& selection);

    template <class Emit>
    void operator()(Emit& emit) const {
        for (std::size_t i = 0; i < points_.size(); i += rank_) {
            std::uint64_t element = 0;
            for (std::size_t d = 0; d < rank_; ++d) {
                element += points_[i + d] * units_[d];
            }
            emit(element, std::uint64_t{1});
        }
    }

private:
    std::span<const std::uint64_t> points_;
    std::array<std::uint64_t, kMaxRank> units_;
    std::size_t rank_;
};

/// Calls visit(first, count) for every run, in the order of the result.
///
/// `first` is the run's first element in the row-major order of the extent.
/// \throws Error (invalid_argument) when the extent's elements cannot be counted in 64 bits
template <class Visit>
void for_each_run(const Selection& selection, Visit&& visit) {
    RunJoiner joiner(visit);
    if (selection.kind() == SelectionKind::points) {
        PointWalk{selection}(joiner);
    } else if (selection.element_count() != 0) {
        RunWalk{selection}(joiner);
    }
    joiner.flush();
}

}  // namespace hyperslab::selection
