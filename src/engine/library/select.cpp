#include "engine/library/select.hpp"

#include <span>

#include "hdf5/api/h5s.hpp"
#include "selection/runs.hpp"

namespace hyperslab::engine {
namespace {

namespace h5s = hdf5::h5s;
using hdf5::Id;
using selection::Run;

// The number of blocks up to which adding them one by one is faster than merging dataspaces.
constexpr std::size_t kBlocksAddedOneByOne = 16;

// The other axes of a list selection, and which axis varies.
struct ListFrame {
    std::size_t axis;
    Shape start, stride, count, block;
};

void add_blocks(Id space, ListFrame& frame, std::span<const Run> runs) {
    for (const Run& run : runs) {
        frame.start[frame.axis] = run.first;
        frame.count[frame.axis] = 1;
        frame.block[frame.axis] = run.count;
        frame.stride[frame.axis] = run.count;
        h5s::select_hyperslab(space,
                              h5s::Operation::or_,
                              frame.start.data(),
                              frame.stride.data(),
                              frame.count.data(),
                              frame.block.data());
    }
}

// libhdf5 adds a block to a selection in time that grows with the selection. Merging halves in
// pairs keeps the whole time nearly linear.
void add_runs(Id space, ListFrame& frame, std::span<const Run> runs) {
    if (runs.size() <= kBlocksAddedOneByOne) {
        add_blocks(space, frame, runs);
        return;
    }
    const std::size_t half = runs.size() / 2;
    add_runs(space, frame, runs.first(half));
    const hdf5::Handle other = h5s::copy(space);
    h5s::select_none(other.id());
    add_runs(other.id(), frame, runs.subspan(half));
    h5s::modify_selection(space, h5s::Operation::or_, other.id());
}

Shape copied(std::span<const std::uint64_t> values) { return Shape(values.begin(), values.end()); }

void select_list(const Selection& selection, Id space) {
    h5s::select_none(space);
    ListFrame frame{selection.list_axis(),
                    copied(selection.start()),
                    copied(selection.stride()),
                    copied(selection.count()),
                    copied(selection.block())};
    add_runs(space, frame, selection::coalesce(selection.list()));
}

}  // namespace

void apply_selection(const Selection& selection, Id space) {
    if (selection.element_count() == 0) {  // empty blocks cannot be joined
        h5s::select_none(space);
        return;
    }
    switch (selection.kind()) {
        case SelectionKind::none:
            h5s::select_none(space);
            break;
        case SelectionKind::points:
            h5s::select_elements(space, h5s::Operation::set, selection.points());
            break;
        case SelectionKind::list:
            select_list(selection, space);
            break;
        case SelectionKind::all:
            if (selection.rank() == 0) {
                h5s::select_all(space);
                break;
            }
            [[fallthrough]];
        case SelectionKind::hyperslab:
            h5s::select_hyperslab(space,
                                  h5s::Operation::set,
                                  selection.start().data(),
                                  selection.stride().data(),
                                  selection.count().data(),
                                  selection.block().data());
            break;
    }
}

}  // namespace hyperslab::engine
