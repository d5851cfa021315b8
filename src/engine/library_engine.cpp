#include "engine/library_engine.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "core/checked.hpp"
#include "engine/list_spans.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/vlen_arena.hpp"
#include "selection/runs.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;
namespace h5s = hdf5::h5s;
using hdf5::Id;
using selection::Run;

// Few enough that adding them one by one is faster than merging dataspaces.
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

// libhdf5 adds a block to a selection in time that grows with the selection. Halves merged in pairs
// keep the whole near linear.
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

// "All" means the extent of this moment, which a resize may have changed since the selection was
// resolved and its memory allocated; it is said only where it cannot change.
Id file_space_for(const Request& request) {
    if (request.dataset.has_fixed_extent() && request.selection.is_whole()) {
        return hdf5::kAll;
    }
    const Id space = request.dataset.scratch_file_space();
    apply_selection(request.selection, space);
    return space;
}

// Fields that the file does not have point to nothing.
std::unique_ptr<std::byte, decltype(&std::free)> zeroed_memory(std::uint64_t bytes) {
    auto* const memory = static_cast<std::byte*>(
        std::calloc(std::max<std::size_t>(core::checked_size(bytes), 1), 1));
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return {memory, &std::free};
}

// libhdf5 would take a selection that lies outside for an error, and one in another extent for what
// it says. Under the lock.
void require_extent(const Request& request) {
    OpenDataset& dataset = request.dataset;
    if (!dataset.has_fixed_extent() &&
        !std::ranges::equal(dataset.extent()->dims, request.selection.extent())) {
        throw ExtentChanged();
    }
}

h5d::Transfer transfer_for(const Request& request) {
    h5d::Transfer transfer{.memory_type = request.memory_type, .dxpl = request.dxpl};
    transfer.file_space = file_space_for(request);
    if (transfer.file_space != hdf5::kAll) {
        transfer.memory_space =
            request.dataset.scratch_memory_space(request.selection.memory_shape());
    }
    return transfer;
}

}  // namespace

void apply_selection(const Selection& selection, Id space) {
    if (selection.element_count() == 0) {  // blocks of nothing cannot be joined
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

void LibraryEngine::read(const Request& request, void* memory) const {
    const hdf5::LockGuard guard;
    require_extent(request);
    if (read_by_spans(request, memory)) {
        return;
    }
    h5d::read(request.dataset.id(), transfer_for(request), memory);
}

// The sink is called without the lock: it may need what the lock's holder waits for.
void LibraryEngine::read(const Request& request, ElementSink& sink) const {
    const std::uint64_t count = request.selection.element_count();
    const std::size_t size = hdf5::h5t::size(request.memory_type);
    hdf5::VlenArena arena(request.dxpl);
    const auto elements = zeroed_memory(core::checked_multiply(count, size));
    read({request.dataset, request.selection, request.memory_type, arena.dxpl()}, elements.get());
    sink.take(0, elements.get(), count);
}

void LibraryEngine::write(const Request& request, const void* memory) const {
    const hdf5::LockGuard guard;
    require_extent(request);
    h5d::write(request.dataset.id(), transfer_for(request), memory);
}

}  // namespace hyperslab::engine
