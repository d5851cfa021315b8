#include "selection/broadcast.hpp"

#include <algorithm>
#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::selection {
namespace {

bool is_regular(const Selection& selection) {
    return selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
}

[[noreturn]] void throw_cannot_broadcast(const Selection& selection, const Shape& source) {
    throw Error(
        ErrorCode::type_mismatch,
        "Can't broadcast " + to_string(source) + " -> " + to_string(selection.result_shape()));
}

Shape expand_irregular(const Selection& selection, const Shape& source) {
    if (selection.kind() == SelectionKind::list) {
        if (source != selection.result_shape()) {
            throw Error(ErrorCode::type_mismatch,
                        "Broadcasting is not supported for complex selections");
        }
    } else if (element_count(source) != selection.element_count()) {
        throw Error(ErrorCode::type_mismatch,
                    "Broadcasting is not supported for point-wise selections");
    }
    return source;
}

// The i-th selected position of an axis.
std::uint64_t position(const Selection& selection, std::size_t axis, std::uint64_t i) {
    const std::uint64_t block = selection.block()[axis];
    return selection.start()[axis] + i / block * selection.stride()[axis] + i % block;
}

// Walks over the tiles of a regular selection. Along each axis a tile has either all positions or,
// where the source is repeated, one.
class TileWalk {
public:
    TileWalk(const Selection& selection, const Shape& expanded)
        : selection_(selection),
          index_(selection.rank(), 0),
          repeats_(selection.memory_shape()),
          start_(selection.start().begin(), selection.start().end()),
          stride_(selection.stride().begin(), selection.stride().end()),
          count_(selection.count().begin(), selection.count().end()),
          block_(selection.block().begin(), selection.block().end()) {
        for (std::size_t d = 0; d < repeats_.size(); ++d) {
            if (expanded[d] == repeats_[d]) {
                repeats_[d] = 1;
            } else {
                stride_[d] = count_[d] = block_[d] = 1;
            }
        }
    }

    bool only_one() const {
        return std::ranges::all_of(repeats_, [](std::uint64_t n) { return n == 1; });
    }

    Selection tile() const {
        return Selection::hyperslab(selection_.extent(), start_, stride_, count_, block_);
    }

    // Goes on to the next tile. Returns false after the last.
    bool advance() {
        for (std::size_t d = repeats_.size(); d-- > 0;) {
            const bool carry = ++index_[d] == repeats_[d];
            index_[d] = carry ? 0 : index_[d];
            start_[d] = position(selection_, d, index_[d]);
            if (!carry) {
                return true;
            }
        }
        return false;
    }

private:
    const Selection& selection_;
    Shape index_;    // the number of the tile along each axis
    Shape repeats_;  // the number of tiles along each axis
    Shape start_, stride_, count_, block_;
};

}  // namespace

Shape expand_shape(const Selection& selection, const Shape& source) {
    if (!is_regular(selection)) {
        return expand_irregular(selection, source);
    }
    const Shape target = selection.memory_shape();
    Shape expanded(target.size(), 1);
    std::size_t left = source.size();  // the number of its dimensions not matched yet
    for (std::size_t d = target.size(); d-- > 0 && left > 0;) {
        if (selection.is_scalar(d)) {
            continue;
        }
        expanded[d] = source[--left];
        if (expanded[d] != 1 && expanded[d] != target[d]) {
            throw_cannot_broadcast(selection, source);
        }
    }
    // Dimensions that are left over must all be 1. An empty source is refused too, unless there is
    // nothing to write, because it has no element to repeat.
    const bool empty = selection.element_count() == 0;
    for (const std::uint64_t n : std::span(source).first(left)) {
        if (n > 1 || (n == 0 && !empty)) {
            throw_cannot_broadcast(selection, source);
        }
    }
    return expanded;
}

void for_each_tile(const Selection& selection,
                   const Shape& expanded,
                   const std::function<void(const Selection& tile)>& visit) {
    if (selection.element_count() == 0) {
        return;
    }
    if (!is_regular(selection)) {
        visit(selection);
        return;
    }
    TileWalk walk(selection, expanded);
    if (walk.only_one()) {
        visit(selection);
        return;
    }
    do {
        visit(walk.tile());
    } while (walk.advance());
}

}  // namespace hyperslab::selection
