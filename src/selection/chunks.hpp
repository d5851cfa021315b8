// A selection, taken apart along the grid of chunks that a dataset is stored in: the plan of which
// chunks a read touches, and from where in each chunk to where in the result its elements go.
//
//     const ChunkedSelection parts(selection, chunk);
//     for (std::size_t i = 0; i < parts.size(); ++i) {
//         parts.for_each_run(i, [&](const ChunkRun& run) { ... });
//     }
//
// Grid. An extent (n0, ..., nk) with chunks of (c0, ..., ck) has ceil(nd / cd) chunks along axis d.
// A chunk is numbered row-major over that grid. It holds its elements in row-major order of its
// full shape, also where the extent ends inside it: element (q0, ..., qk) of a chunk lies at the
// place q0*v0 + ... + qk*vk, where vd is the product of the chunk's lengths behind axis d.
//
// Parts. A selection is a product of one selection per axis, so the axes are taken apart one by
// one. Along axis d, the selected positions fall into the chunks p / cd at the places p mod cd.
// Each chunk that is met is one AxisPart: the places in it, and the number of the first of them
// among all that the axis selects. The touched chunks are the product of the parts of all axes, and
// need not be listed: what is remembered grows with the sum of the parts, not with their product.
// Points are no product; they are sorted by chunk and place, which takes memory for each point.
//
// Runs. Inside one chunk the loops over the axes are those of runs.hpp, with places in the chunk on
// one side and places in the result on the other. Axes from the last one on that are whole both in
// the chunk and in the result are folded into the length of a run. Positions at an equal distance
// on the innermost loop are one ChunkRun of several pieces.
//
// Exact and bound. Which chunks are touched, their numbers, every run and their sum are exact. The
// number of runs is not minimal: a run never goes on from one row to the next unless the rows are
// whole. The span of a run, from its first element to behind its last, is an upper bound of what
// must be read for it.
//
// Example. Extent (6, 10), chunks of (4, 4), selection [1:6:2, 2:7]; the result has the shape (3,
// 5). The grid is 2 by 3. Axis 0 selects 1, 3, 5: chunk 0 has the places 1 and 3 (numbers 0 and 1
// of the axis), chunk 1 has the place 1 (number 2). Axis 1 selects 2 to 6: chunk 0 has the places 2
// and 3 (from number 0), chunk 1 the places 0 to 2 (from number 2). So 2 * 2 = 4 chunks are
// touched, with the numbers 0, 1, 3 and 4. Chunk 1 gives two runs of 3 elements, from place 4*1 + 0
// = 4 to 5*0 + 2 = 2 in the result, and from place 4*3 + 0 = 12 to 5*1 + 2 = 7.
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

/// Pieces of a chunk at equal distances, which lie side by side in the result. All in elements.
struct ChunkRun {
    std::uint64_t from;    ///< place of the first element in the chunk
    std::uint64_t to;      ///< place of the first element in the result
    std::uint64_t length;  ///< elements of a piece
    std::uint64_t pieces;
    std::uint64_t step;  ///< between the beginnings of pieces

    std::uint64_t count() const { return length * pieces; }
    /// The number of elements in the chunk from the first of the run to behind the last.
    std::uint64_t span() const { return (pieces - 1) * step + length; }
};

class ChunkedSelection {
public:
    /// \param chunk  the shape of a chunk, all positive, with the rank of the extent, at least 1
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

    /// The number of elements from the first of the i-th chunk to behind the last in the extent.
    std::uint64_t span_inside(std::size_t i) const;

    /// Whether all elements of the i-th chunk are selected that lie in the extent.
    bool is_covered(std::size_t i) const;

    /// The number of the i-th chunk's first element, row-major over the extent.
    std::uint64_t first_element(std::size_t i) const;

    /// The coordinates of the i-th chunk's first element.
    Shape chunk_offset(std::size_t i) const;

    /// The place in the result where the i-th chunk begins, when it is there whole and in one
    /// piece; else an empty optional.
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
        std::uint64_t result_unit;  // elements of the result from one position to the next
        std::uint64_t extent_unit;
        std::vector<AxisPart> parts;
        std::vector<Run> pieces;  // positions in their chunks

        std::uint64_t length_of(std::uint64_t number) const;  // of a chunk, inside the extent
    };

    /// The loops over the axes of one chunk. Rows that are taken whole are no loops.
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
    std::vector<std::uint64_t> point_order_;  // places in the result; empty: that of points_
    std::vector<PointPart> point_parts_;
};

}  // namespace hyperslab::selection
