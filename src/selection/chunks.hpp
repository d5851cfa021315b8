// A selection, taken apart along the grid of chunks that a dataset is stored in.
//
//     const ChunkedSelection parts(selection, chunk);
//     parts.for_each_run(i, [&](const ChunkRun& run) { ... });
//
// A chunk holds its elements in row-major order of the chunk's full shape, also where the extent
// ends inside it. Of each chunk that is touched, the selected elements are a number of runs. Pure
// arithmetic; what is remembered grows with the axes, not with the elements.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hyperslab/selection.hpp"
#include "selection/runs.hpp"

namespace hyperslab::selection {

/// Pieces of a chunk at equal distances, side by side in the result. All in elements.
struct ChunkRun {
    std::uint64_t from;    ///< number of the first one in the chunk
    std::uint64_t to;      ///< and in the result
    std::uint64_t length;  ///< of a piece
    std::uint64_t pieces;
    std::uint64_t step;  ///< between the beginnings of pieces

    std::uint64_t count() const { return length * pieces; }
    /// From the first element in the chunk to behind the last one.
    std::uint64_t span() const { return (pieces - 1) * step + length; }
};

class ChunkedSelection {
public:
    /// \param chunk  as many dimensions as the extent, at least one, all positive
    /// \throws Error (invalid_argument) when elements or chunks cannot be counted in 64 bits
    ChunkedSelection(const Selection& selection, std::span<const std::uint64_t> chunk);

    /// The number of chunks that are touched.
    std::size_t size() const { return points_.empty() ? parts_ : point_parts_.size(); }

    /// The number of chunks that the extent has.
    std::uint64_t grid_size() const { return grid_size_; }

    /// The number of the i-th chunk, row-major over the grid; they increase with i.
    std::uint64_t number(std::size_t i) const;

    /// Whether the extent ends inside the i-th chunk.
    bool is_cut(std::size_t i) const;

    /// From the first element of the i-th chunk to behind the last one that lies in the extent.
    std::uint64_t span_inside(std::size_t i) const;

    /// Whether all elements of the i-th chunk are selected that lie in the extent.
    bool is_covered(std::size_t i) const;

    /// The number of the i-th chunk's first element, row-major over the extent.
    std::uint64_t first_element(std::size_t i) const;

    /// The coordinates of the i-th chunk's first element.
    Shape chunk_offset(std::size_t i) const;

    /// Where the result begins that the i-th chunk is, in one piece and with all its elements; none
    /// when it is more than one piece, or not all.
    std::optional<std::uint64_t> whole_chunk_at(std::size_t i) const;

    /// Calls visit(const ChunkRun&) for every run of the i-th chunk, in the order of the chunk.
    template <class Visit>
    void for_each_run(std::size_t i, Visit&& visit) const {
        if (!points_.empty()) {
            for_each_point(i, visit);
            return;
        }
        const Walk walk = walk_of(i);
        if (walk.rank == 0) {
            visit(ChunkRun{walk.from, walk.to, walk.unit, 1, 0});
        } else {
            step(walk, 0, walk.from, walk.to, visit);
        }
    }

private:
    /// Where one axis of the selection meets one row of chunks.
    struct AxisPart {
        std::uint64_t chunk;   // number of the chunk along the axis
        std::uint64_t first;   // position in the chunk
        std::uint64_t stride;  // between single positions; of 1: they are one run
        std::uint64_t count;   // positions
        std::uint64_t to;      // number of the first one among all that the axis selects
        std::size_t pieces;    // where it has `piece_count` runs instead
        std::size_t piece_count;
    };

    struct Axis {
        std::uint64_t extent, chunk, grid;
        std::uint64_t chunk_unit;   // elements of a chunk from one position to the next
        std::uint64_t result_unit;  // the same in the result
        std::uint64_t extent_unit;
        std::vector<AxisPart> parts;
        std::vector<Run> pieces;  // positions in their chunks

        std::uint64_t length_of(std::uint64_t number) const;  // of a chunk, inside the extent
    };

    /// The loops over the axes of one chunk; rows that are taken whole are folded away.
    struct Walk {
        std::array<const Axis*, kMaxRank> axes;
        std::array<const AxisPart*, kMaxRank> parts;
        std::size_t rank = 0;
        std::uint64_t unit = 1;
        std::uint64_t from = 0;
        std::uint64_t to = 0;
    };

    struct PointPart {
        std::uint64_t chunk;
        std::size_t first, end;
    };

    template <class Visit>
    void for_each_point(std::size_t i, Visit&& visit) const {
        for (std::size_t p = point_parts_[i].first; p < point_parts_[i].end; ++p) {
            visit(ChunkRun{points_[p], point_order_.empty() ? p : point_order_[p], 1, 1, 0});
        }
    }

    // Calls visit(run of positions along the axis).
    template <class Visit>
    static void for_each_piece(const Axis& axis, const AxisPart& part, Visit&& visit) {
        std::uint64_t to = part.to;
        if (part.piece_count == 0 && part.stride == 1) {
            visit(ChunkRun{part.first, to, part.count, 1, 0});
        } else if (part.piece_count == 0) {
            visit(ChunkRun{part.first, to, 1, part.count, part.stride});
        }
        for (std::size_t i = 0; i < part.piece_count; ++i) {
            const Run& run = axis.pieces[part.pieces + i];
            visit(ChunkRun{run.first, to, run.count, 1, 0});
            to += run.count;
        }
    }

    template <class Visit>
    static void step(
        const Walk& walk, std::size_t depth, std::uint64_t from, std::uint64_t to, Visit& visit) {
        const Axis& axis = *walk.axes[depth];
        const bool last = depth + 1 == walk.rank;
        for_each_piece(axis, *walk.parts[depth], [&](const ChunkRun& along) {
            const std::uint64_t run_from = from + along.from * axis.chunk_unit;
            const std::uint64_t run_to = to + along.to * axis.result_unit;
            if (last) {
                visit(ChunkRun{run_from,
                               run_to,
                               along.length * walk.unit,
                               along.pieces,
                               along.step * walk.unit});
                return;
            }
            const std::uint64_t stride = along.pieces == 1 ? 1 : along.step;
            for (std::uint64_t i = 0; i < along.count(); ++i) {
                step(walk,
                     depth + 1,
                     run_from + i * stride * axis.chunk_unit,
                     run_to + i * axis.result_unit,
                     visit);
            }
        });
    }

    void add_axes(const Selection& selection, std::span<const std::uint64_t> chunk);
    void add_runs(Axis& axis, std::span<const Run> runs);
    void add_regular(Axis& axis,
                     std::uint64_t start,
                     std::uint64_t stride,
                     std::uint64_t count,
                     std::uint64_t block);
    void add_points(const Selection& selection);
    void sort_points(std::span<const std::uint64_t> chunks);
    std::array<std::size_t, kMaxRank> parts_of(std::size_t i) const;
    Walk walk_of(std::size_t i) const;

    std::vector<Axis> axes_;
    std::uint64_t grid_size_ = 1;
    std::size_t parts_ = 1;
    std::vector<std::uint64_t> points_;  // places in their chunks, those of a chunk side by side
    std::vector<std::uint64_t> point_order_;  // places in the result; empty: the same order
    std::vector<PointPart> point_parts_;
};

}  // namespace hyperslab::selection
