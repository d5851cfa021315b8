#include "selection/runs.hpp"

#include "core/checked.hpp"

namespace hyperslab::selection {

std::vector<Run> coalesce(std::span<const std::uint64_t> positions) {
    std::vector<Run> runs;
    for (const std::uint64_t position : positions) {
        if (!runs.empty() && runs.back().first + runs.back().count == position) {
            ++runs.back().count;
        } else {
            runs.push_back({position, 1});
        }
    }
    return runs;
}

RunWalk::RunWalk(const Selection& selection) {
    core::checked_product(selection.extent());  // so that no product or sum below can wrap
    std::array<Axis, kMaxRank> inward;          // innermost first
    bool whole = true;                          // whether all axes so far are taken whole
    std::uint64_t unit = 1;
    for (std::size_t d = selection.rank(); d-- > 0;) {
        const Axis axis = axis_of(selection, d, unit);
        unit *= selection.extent()[d];
        whole = whole && axis.blocks == 1 && axis.length == selection.extent()[d];
        if (whole) {
            unit_ = unit;
        } else {
            inward[rank_++] = axis;
        }
    }
    for (std::size_t i = 0; i < rank_; ++i) {
        axes_[i] = inward[rank_ - 1 - i];
    }
}

RunWalk::Axis RunWalk::axis_of(const Selection& selection, std::size_t d, std::uint64_t unit) {
    if (selection.kind() == SelectionKind::list && selection.list_axis() == d) {
        list_ = coalesce(selection.list());
        list_positions_ = selection.list().size();
        return {list_[0].first, 0, list_.size(), list_[0].count, unit, true};
    }
    const std::uint64_t block = selection.block()[d];
    const std::uint64_t count = selection.count()[d];
    if (selection.stride()[d] == block) {  // blocks that touch are one block
        return {selection.start()[d], 0, 1, count * block, unit, false};
    }
    return {selection.start()[d], selection.stride()[d], count, block, unit, false};
}

}  // namespace hyperslab::selection
