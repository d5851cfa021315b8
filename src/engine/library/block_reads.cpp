#include "engine/library/block_reads.hpp"

#include <algorithm>

#include "core/thread_pool.hpp"
#include "engine/library/library_engine.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/types/h5t.hpp"

namespace hyperslab::engine {
namespace {

// As long as libhdf5 takes for so much is how long nothing is heard of it.
constexpr std::uint64_t kBlockBytes = 8U << 20;

/// The first axis, as blocks of a selection take it.
struct FirstAxis {
    std::uint64_t start, stride, count, block;
};

FirstAxis first_axis(const Selection& selection) {
    FirstAxis axis{
        selection.start()[0], selection.stride()[0], selection.count()[0], selection.block()[0]};
    if (axis.count == 1 || axis.block == axis.stride) {  // one run
        axis = {axis.start, 1, axis.count * axis.block, 1};
    }
    return axis;
}

Selection part_of(const Selection& whole, const FirstAxis& axis) {
    const auto with_first = [&](std::span<const std::uint64_t> values, std::uint64_t first) {
        Shape shape(values.begin(), values.end());
        shape[0] = first;
        return shape;
    };
    return Selection::hyperslab(whole.extent(),
                                with_first(whole.start(), axis.start),
                                with_first(whole.stride(), axis.stride),
                                with_first(whole.count(), axis.count),
                                with_first(whole.block(), axis.block));
}

// Rows of chunks are not divided: each of their chunks would be decoded twice.
std::uint64_t chunk_length(const Request& request) {
    const CreationFacts* const creation = request.dataset.creation_if_known();
    return creation != nullptr && !creation->chunk.empty() ? creation->chunk[0] : 1;
}

}  // namespace

bool read_in_blocks(const Request& request, void* memory) {
    const Selection& selection = request.selection;
    const bool divisible =
        selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
    const std::uint64_t bytes = selection.element_count() * hdf5::h5t::size(request.memory_type);
    if (!divisible || selection.rank() == 0 || bytes <= kBlockBytes) {
        return false;
    }
    const FirstAxis axis = first_axis(selection);
    const std::uint64_t bytes_of_one = bytes / axis.count;
    std::uint64_t step = std::max<std::uint64_t>(kBlockBytes / bytes_of_one, 1);
    const std::uint64_t chunk = chunk_length(request);
    // From one border between chunks to another; a stride leaves that to luck.
    std::uint64_t first = step;
    if (axis.stride == 1 && chunk > 1) {
        step = (step + chunk - 1) / chunk * chunk;
        first = step - axis.start % chunk;
    }
    const std::uint64_t rest = axis.count > first ? axis.count - first : 0;
    const std::size_t blocks = 1 + (rest + step - 1) / step;
    const std::uint64_t generation = hdf5::data_changes();
    core::serial_for(blocks, [&](std::size_t i) {
        const std::uint64_t begin = i == 0 ? 0 : first + (i - 1) * step;
        const std::uint64_t end = std::min(axis.count, first + i * step);
        const Selection part = part_of(
            selection, {axis.start + begin * axis.stride, axis.stride, end - begin, axis.block});
        read_by_library({request.dataset, part, request.memory_type, request.dxpl},
                        static_cast<std::byte*>(memory) + begin * bytes_of_one);
    });
    return generation == hdf5::data_changes();
}

}  // namespace hyperslab::engine
