#include "selection/chunks.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "core/checked.hpp"

namespace hyperslab::selection {

using core::checked_multiply;

namespace {

/// The number of a chunk along one axis, and its first position.
struct AxisChunk {
    std::uint64_t number = 0;
    std::uint64_t begin = 0;
};

}  // namespace

std::uint64_t ChunkedSelection::Axis::length_of(std::uint64_t number) const {
    return std::min(chunk, extent - number * chunk);
}

ChunkedSelection::ChunkedSelection(const Selection& selection,
                                   std::span<const std::uint64_t> chunk) {
    add_axes(selection, chunk);
    if (selection.kind() == SelectionKind::points) {
        add_points(selection);
    } else if (selection.element_count() == 0) {
        parts_ = 0;
    } else {
        for (std::size_t d = 0; d < axes_.size(); ++d) {
            if (selection.kind() == SelectionKind::list && selection.list_axis() == d) {
                add_runs(axes_[d], coalesce(selection.list()));
            } else {
                add_regular(axes_[d],
                            selection.start()[d],
                            selection.stride()[d],
                            selection.count()[d],
                            selection.block()[d]);
            }
            parts_ = core::checked_size(checked_multiply(parts_, axes_[d].parts.size()));
        }
    }
}

void ChunkedSelection::add_axes(const Selection& selection, std::span<const std::uint64_t> chunk) {
    const std::size_t rank = selection.rank();
    core::checked_product(selection.extent());
    const Shape result = selection.memory_shape();
    axes_.resize(rank);
    std::uint64_t chunk_unit = 1;
    std::uint64_t result_unit = 1;
    std::uint64_t extent_unit = 1;
    for (std::size_t d = rank; d-- > 0;) {
        const std::uint64_t extent = selection.extent()[d];
        const std::uint64_t grid = extent / chunk[d] + (extent % chunk[d] != 0 ? 1 : 0);
        axes_[d] = {extent, chunk[d], grid, chunk_unit, result_unit, extent_unit, {}, {}};
        chunk_unit = checked_multiply(chunk_unit, chunk[d]);
        result_unit *= d < result.size() ? result[d] : 1;
        extent_unit *= extent;
        grid_size_ = checked_multiply(grid_size_, grid);
    }
}

// Pieces are cut where one chunk ends and the next begins.
void ChunkedSelection::add_runs(Axis& axis, std::span<const Run> runs) {
    std::uint64_t to = 0;
    for (const Run& run : runs) {
        for (std::uint64_t done = 0; done < run.count;) {
            const std::uint64_t position = run.first + done;
            const std::uint64_t chunk = position / axis.chunk;
            const std::uint64_t inside = position % axis.chunk;
            const std::uint64_t count = std::min(run.count - done, axis.chunk - inside);
            if (axis.parts.empty() || axis.parts.back().chunk != chunk) {
                axis.parts.push_back({chunk, 0, 0, 0, to, axis.pieces.size(), 0});
            }
            axis.pieces.push_back({inside, count});
            AxisPart& part = axis.parts.back();
            ++part.piece_count;
            part.count += count;
            to += count;
            done += count;
        }
    }
}

void ChunkedSelection::add_regular(Axis& axis,
                                   std::uint64_t start,
                                   std::uint64_t stride,
                                   std::uint64_t count,
                                   std::uint64_t block) {
    if (count == 1 || block == stride) {  // one run, which needs no pieces
        count *= block;
        stride = block = 1;
    }
    if (block != 1) {
        std::vector<Run> runs(core::checked_size(count));
        for (std::size_t i = 0; i < runs.size(); ++i) {
            runs[i] = {start + i * stride, block};
        }
        add_runs(axis, runs);
        return;
    }
    for (std::uint64_t done = 0; done < count;) {
        const std::uint64_t position = start + done * stride;
        const std::uint64_t inside = position % axis.chunk;
        const std::uint64_t fit = (axis.chunk - inside - 1) / stride + 1;
        const std::uint64_t here = std::min(count - done, fit);
        axis.parts.push_back({position / axis.chunk, inside, stride, here, done, 0, 0});
        done += here;
    }
}

void ChunkedSelection::add_points(const Selection& selection) {
    const std::span<const std::uint64_t> coordinates = selection.points();
    const std::size_t rank = axes_.size();
    const std::size_t count = coordinates.size() / rank;
    points_.reserve(count);
    // The next point mostly lies in the same chunks along the axes. Dividing for each point would
    // take most of the time.
    std::array<AxisChunk, kMaxRank> last{};
    std::vector<std::uint64_t> chunks;  // of each point, when points are not sorted
    const auto chunk_of_earlier = [&] {
        chunks.reserve(count);
        for (const PointPart& part : point_parts_) {
            chunks.insert(chunks.end(), part.end - part.first, part.chunk);
        }
    };
    for (std::size_t p = 0; p < count; ++p) {
        std::uint64_t chunk = 0;
        std::uint64_t from = 0;
        for (std::size_t d = 0; d < rank; ++d) {
            const std::uint64_t position = coordinates[p * rank + d];
            const Axis& axis = axes_[d];
            if (position - last[d].begin >= axis.chunk) {
                last[d].number = position / axis.chunk;
                last[d].begin = last[d].number * axis.chunk;
            }
            chunk = chunk * axis.grid + last[d].number;
            from += (position - last[d].begin) * axis.chunk_unit;
        }
        if (chunks.empty() && p != 0) {
            const std::uint64_t before = point_parts_.back().chunk;
            if (chunk < before || (chunk == before && from < points_.back())) {
                chunk_of_earlier();
            }
        }
        if (!chunks.empty()) {
            chunks.push_back(chunk);
        } else if (p == 0 || point_parts_.back().chunk != chunk) {
            point_parts_.push_back({chunk, p, p + 1});
        } else {
            point_parts_.back().end = p + 1;
        }
        points_.push_back(from);
    }
    if (!chunks.empty()) {
        sort_points(chunks);
    }
}

void ChunkedSelection::sort_points(std::span<const std::uint64_t> chunks) {
    const std::vector<std::uint64_t> unsorted = std::move(points_);
    point_order_.resize(unsorted.size());
    std::iota(point_order_.begin(), point_order_.end(), std::uint64_t{0});
    std::ranges::stable_sort(
        point_order_, {}, [&](std::uint64_t p) { return std::pair(chunks[p], unsorted[p]); });
    points_.clear();
    points_.reserve(unsorted.size());
    point_parts_.clear();
    for (const std::uint64_t p : point_order_) {
        if (point_parts_.empty() || point_parts_.back().chunk != chunks[p]) {
            point_parts_.push_back({chunks[p], points_.size(), points_.size()});
        }
        points_.push_back(unsorted[p]);
        point_parts_.back().end = points_.size();
    }
}

std::array<std::size_t, kMaxRank> ChunkedSelection::parts_of(std::size_t i) const {
    std::array<std::size_t, kMaxRank> parts;
    for (std::size_t d = axes_.size(); d-- > 0;) {
        parts[d] = i % axes_[d].parts.size();
        i /= axes_[d].parts.size();
    }
    return parts;
}

std::uint64_t ChunkedSelection::number(std::size_t i) const {
    if (!points_.empty()) {
        return point_parts_[i].chunk;
    }
    const auto parts = parts_of(i);
    std::uint64_t number = 0;
    for (std::size_t d = 0; d < axes_.size(); ++d) {
        number = number * axes_[d].grid + axes_[d].parts[parts[d]].chunk;
    }
    return number;
}

bool ChunkedSelection::is_cut(std::size_t i) const {
    std::uint64_t number_left = number(i);
    for (std::size_t d = axes_.size(); d-- > 0;) {
        const Axis& axis = axes_[d];
        if (axis.length_of(number_left % axis.grid) != axis.chunk) {
            return true;
        }
        number_left /= axis.grid;
    }
    return false;
}

std::uint64_t ChunkedSelection::span_inside(std::size_t i) const {
    std::uint64_t number_left = number(i);
    std::uint64_t last = 0;
    for (std::size_t d = axes_.size(); d-- > 0;) {
        const Axis& axis = axes_[d];
        last += (axis.length_of(number_left % axis.grid) - 1) * axis.chunk_unit;
        number_left /= axis.grid;
    }
    return last + 1;
}

bool ChunkedSelection::is_covered(std::size_t i) const {
    if (!points_.empty()) {
        return false;
    }
    const auto parts = parts_of(i);
    for (std::size_t d = 0; d < axes_.size(); ++d) {
        const AxisPart& part = axes_[d].parts[parts[d]];
        if (part.count != axes_[d].length_of(part.chunk)) {
            return false;
        }
    }
    return true;
}

std::uint64_t ChunkedSelection::first_element(std::size_t i) const {
    std::uint64_t number_left = number(i);
    std::uint64_t element = 0;
    for (std::size_t d = axes_.size(); d-- > 0;) {
        const Axis& axis = axes_[d];
        element += number_left % axis.grid * axis.chunk * axis.extent_unit;
        number_left /= axis.grid;
    }
    return element;
}

Shape ChunkedSelection::chunk_offset(std::size_t i) const {
    std::uint64_t number_left = number(i);
    Shape offset(axes_.size());
    for (std::size_t d = axes_.size(); d-- > 0;) {
        offset[d] = number_left % axes_[d].grid * axes_[d].chunk;
        number_left /= axes_[d].grid;
    }
    return offset;
}

std::optional<std::uint64_t> ChunkedSelection::whole_chunk_at(std::size_t i) const {
    if (!points_.empty()) {
        return std::nullopt;
    }
    const Walk walk = walk_of(i);
    return walk.rank == 0 ? std::optional(walk.to) : std::nullopt;
}

ChunkedSelection::Walk ChunkedSelection::walk_of(std::size_t i) const {
    const auto parts = parts_of(i);
    Walk walk;
    bool whole = true;  // rows of the chunk so far are rows of the result
    std::size_t kept = axes_.size();
    for (std::size_t d = axes_.size(); d-- > 0 && whole;) {
        const Axis& axis = axes_[d];
        const AxisPart& part = axis.parts[parts[d]];
        // The length of the result along the axis follows from the units.
        const std::uint64_t result_length =
            d == 0 ? part.count : axes_[d - 1].result_unit / axis.result_unit;
        whole = part.count == axis.chunk && result_length == axis.chunk;
        if (whole) {
            walk.unit *= axis.chunk;
            kept = d;
        }
    }
    if (kept == 0) {
        walk.to = axes_[0].parts[parts[0]].to * axes_[0].result_unit;
    }
    walk.rank = kept;
    for (std::size_t d = 0; d < kept; ++d) {
        walk.axes[d] = &axes_[d];
        walk.parts[d] = &axes_[d].parts[parts[d]];
    }
    return walk;
}

}  // namespace hyperslab::selection
