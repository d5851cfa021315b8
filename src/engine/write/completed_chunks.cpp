#include "engine/write/completed_chunks.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/library/library_call.hpp"
#include "engine/write/store_chunks.hpp"

namespace hyperslab::engine {
namespace {

// Smaller chunks are encoded in less time than it takes to find out that they are complete.
constexpr std::uint64_t kMinChunkBytes = 16U << 10;

/// The elements from one corner to another, behind the last.
struct Box {
    Shape begin, end;

    std::uint64_t element_count() const {
        std::uint64_t count = 1;
        for (std::size_t axis = 0; axis < begin.size(); ++axis) {
            count *= end[axis] - begin[axis];
        }
        return count;
    }
};

/// \returns none where the selection is no box
std::optional<Box> box_of(const Selection& selection) {
    const std::span<const std::uint64_t> extent = selection.extent();
    if (selection.kind() == SelectionKind::all) {
        return Box{Shape(extent.size(), 0), Shape(extent.begin(), extent.end())};
    }
    if (selection.kind() != SelectionKind::hyperslab) {
        return std::nullopt;
    }
    Box box;
    for (std::size_t axis = 0; axis < selection.rank(); ++axis) {
        const std::uint64_t count = selection.count()[axis];
        const std::uint64_t block = selection.block()[axis];
        if (count != 1 && block != selection.stride()[axis]) {
            return std::nullopt;
        }
        box.begin.push_back(selection.start()[axis]);
        box.end.push_back(selection.start()[axis] + count * block);
    }
    return box;
}

/// The chunks of a write that are complete now.
class Completed {
public:
    Completed(const WritePlan& plan, const Box& written)
        : plan_(plan), chunk_(plan.stored->facts().chunk), written_(written) {}

    std::vector<Box> find(std::span<const std::uint64_t> extent) {
        std::vector<Box> found;
        for (std::size_t i = 0; i < plan_.parts.size(); ++i) {
            const Box chunk = inside(plan_.parts.chunk_offset(i), extent);
            const std::uint64_t number = plan_.parts.number(i);
            if (!plan_.encoding.written().contains(number) && completes(number, chunk)) {
                found.push_back(chunk);
            }
        }
        return in_one(std::move(found));
    }

private:
    Box inside(const Shape& offset, std::span<const std::uint64_t> extent) const {
        Box box{offset, offset};
        for (std::size_t axis = 0; axis < offset.size(); ++axis) {
            box.end[axis] = std::min(offset[axis] + chunk_[axis], extent[axis]);
        }
        return box;
    }

    // A part that is cut along two axes is not remembered.
    bool completes(std::uint64_t number, const Box& chunk) {
        std::optional<CoveredParts::Part> part;
        for (std::size_t axis = 0; axis < chunk.begin.size(); ++axis) {
            const std::uint64_t begin = std::max(written_.begin[axis], chunk.begin[axis]);
            const std::uint64_t end = std::min(written_.end[axis], chunk.end[axis]);
            if (begin == chunk.begin[axis] && end == chunk.end[axis]) {
                continue;
            }
            if (part) {
                return false;
            }
            part = {axis, begin - chunk.begin[axis], end - chunk.begin[axis]};
        }
        return !part || plan_.encoding.covered().add(
                            number, *part, chunk.end[part->axis] - chunk.begin[part->axis]);
    }

    // Chunks side by side are encoded together.
    static std::vector<Box> in_one(std::vector<Box> boxes) {
        if (boxes.size() < 2) {
            return boxes;
        }
        Box around = boxes.front();
        std::uint64_t elements = 0;
        for (const Box& box : boxes) {
            for (std::size_t axis = 0; axis < box.begin.size(); ++axis) {
                around.begin[axis] = std::min(around.begin[axis], box.begin[axis]);
                around.end[axis] = std::max(around.end[axis], box.end[axis]);
            }
            elements += box.element_count();
        }
        return around.element_count() == elements ? std::vector<Box>{std::move(around)} : boxes;
    }

    const WritePlan& plan_;
    const Shape& chunk_;
    const Box& written_;
};

// Nothing is wrong where the chunks cannot be made: libhdf5 still has them.
void store(OpenDataset& dataset, const Shape& extent, const Box& box) {
    const Shape ones(extent.size(), 1);
    Shape lengths;
    for (std::size_t axis = 0; axis < extent.size(); ++axis) {
        lengths.push_back(box.end[axis] - box.begin[axis]);
    }
    const Selection selection = Selection::hyperslab(extent, box.begin, ones, ones, lengths);
    const Request request{dataset, selection, dataset.type_id()};
    auto plan = plan_chunks(request, true, Planning::to_read);
    if (!plan) {
        return;
    }
    std::vector<std::byte> elements(core::checked_size(
        core::checked_multiply(box.element_count(), plan->stored->facts().element_size)));
    call_read(request, elements.data());
    try {
        store_chunks(std::make_shared<const WritePlan>(*std::move(plan)),
                     request,
                     elements.data(),
                     Before::in_cache);
    } catch (const NotMade&) {
        io_stats().failed_writes.fetch_add(1, std::memory_order_relaxed);
    }
}

}  // namespace

void store_completed_chunks(const Request& request, const WritePlan& plan) {
    if (plan.stored->facts().chunk_bytes < kMinChunkBytes) {
        return;
    }
    const std::optional<Box> written = box_of(request.selection);
    if (!written) {
        return;
    }
    const Shape extent(request.selection.extent().begin(), request.selection.extent().end());
    for (const Box& box : Completed(plan, *written).find(extent)) {
        store(request.dataset, extent, box);
    }
}

}  // namespace hyperslab::engine
