#include "engine/spread.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>

#include "core/checked.hpp"
#include "engine/facts/progress.hpp"
#include "engine/parallel/transfers.hpp"
#include "hdf5/call/lock.hpp"
#include "selection/broadcast.hpp"

namespace hyperslab::engine {
namespace {

// The maximum number of bytes of a block of copies, in which repeated elements are written.
constexpr std::uint64_t kBlockBytes = 8U << 20;

/// Elements in memory, with one dimension for every axis of the selection they are written to.
struct Elements {
    Shape shape;
    const std::byte* data;
    std::size_t element_size;

    std::uint64_t bytes() const { return element_count(shape) * element_size; }
};

using Copies = std::unique_ptr<std::byte[]>;

/// The elements, repeated `times` times along an axis, where `shape[axis]` is 1 before.
Copies repeated(const Elements& elements, std::size_t axis, std::uint64_t times) {
    const std::span<const std::uint64_t> shape(elements.shape);
    std::uint64_t outer = 1;
    for (const std::uint64_t n : shape.first(axis)) {
        outer *= n;
    }
    const std::uint64_t inner = elements.bytes() / std::max<std::uint64_t>(outer, 1);
    Copies copies = std::make_unique_for_overwrite<std::byte[]>(
        core::checked_size(core::checked_multiply(core::checked_multiply(outer, times), inner)));
    for (std::uint64_t i = 0; i < outer && times != 0; ++i) {
        std::byte* const to = copies.get() + i * times * inner;
        std::memcpy(to, elements.data + i * inner, inner);
        for (std::uint64_t done = 1; done < times; done *= 2) {
            std::memcpy(to + done * inner, to, std::min(done, times - done) * inner);
        }
    }
    return copies;
}

/// Calls visit(part) for parts of a regular selection with at most `length` positions on an axis.
template <class Visit>
void for_each_part(const Selection& selection,
                   std::size_t axis,
                   std::uint64_t length,
                   Visit&& visit) {
    const auto copied = [](std::span<const std::uint64_t> row) {
        return Shape(row.begin(), row.end());
    };
    Shape start = copied(selection.start());
    Shape count = copied(selection.count());
    Shape block = copied(selection.block());
    const Shape stride = copied(selection.stride());
    // A part of one long block is a shorter block; a part of many blocks is fewer blocks.
    const bool one_block = count[axis] == 1;
    std::uint64_t& divided = one_block ? block[axis] : count[axis];
    const std::uint64_t step =
        one_block ? length : std::max<std::uint64_t>(length / block[axis], 1);
    std::uint64_t left = divided;
    Shape part_stride = stride;
    while (left != 0) {
        divided = std::min(step, left);
        if (one_block) {
            part_stride[axis] = std::max(stride[axis], divided);
        }
        visit(Selection::hyperslab(selection.extent(), start, part_stride, count, block));
        start[axis] += one_block ? divided : divided * stride[axis];
        left -= divided;
    }
}

class Spreader {
public:
    explicit Spreader(const Request& request) : request_(request) {}

    /// Writes elements to a regular selection.
    void spread(const Selection& selection, const Elements& elements) const {
        const Shape target = selection.memory_shape();
        for (std::size_t d = target.size(); d-- > 0;) {
            if (elements.shape[d] == target[d]) {
                continue;
            }
            const std::uint64_t times = kBlockBytes / std::max<std::uint64_t>(elements.bytes(), 1);
            if (times >= target[d]) {
                spread_repeated(selection, elements, d, target[d]);
            } else if (times > 1) {
                for_each_part(selection, d, times, [&](const Selection& part) {
                    spread_repeated(part, elements, d, part.memory_shape()[d]);
                });
            } else {
                break;  // large enough to be written copy by copy
            }
            return;
        }
        selection::for_each_tile(selection, elements.shape, [&](const Selection& tile) {
            write({request_.dataset, tile, request_.memory_type, request_.dxpl}, elements.data);
        });
    }

private:
    void spread_repeated(const Selection& selection,
                         const Elements& elements,
                         std::size_t axis,
                         std::uint64_t times) const {
        const Copies copies = repeated(elements, axis, times);
        Elements longer{elements.shape, copies.get(), elements.element_size};
        longer.shape[axis] = times;
        spread(selection, longer);
    }

    const Request& request_;
};

/// Writes by one call, after the elements have been repeated in memory over the whole selection.
void write_at_once(const Request& request, Elements elements) {
    const Shape target = request.selection.memory_shape();
    Copies copies;
    for (std::size_t d = target.size(); d-- > 0;) {
        if (elements.shape[d] != target[d]) {
            Copies longer = repeated(elements, d, target[d]);
            copies = std::move(longer);
            elements.data = copies.get();
            elements.shape[d] = target[d];
        }
    }
    write(request, elements.data);
}

bool is_regular(const Selection& selection) {
    return selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
}

}  // namespace

void write_spread(const Request& request,
                  const Shape& shape,
                  const void* elements,
                  std::size_t element_size) {
    const hdf5::LockGuard guard;
    const Selection& selection = request.selection;
    const auto* const data = static_cast<const std::byte*>(elements);
    const std::uint64_t count = selection.element_count();
    const bool collective = is_collective(request.dataset, request.dxpl);
    if ((count != 0 || collective) && shape == selection.result_shape()) {
        write(request, data);
        return;
    }
    if (!is_regular(selection) && shape.empty()) {
        const Copies copies = repeated({{1}, data, element_size}, 0, count);
        if (count != 0 || collective) {
            write(request, copies.get());
        }
        return;
    }
    const Shape expanded = selection::expand_shape(selection, shape);
    if (count == 0) {
        if (collective) {
            write_nothing(request.dataset, request.dxpl);
        }
        return;
    }
    if (is_regular(selection) && collective) {
        write_at_once(request, {expanded, data, element_size});
    } else if (is_regular(selection)) {
        ProgressReport report(ProgressKind::writing, count * element_size);
        Spreader(request).spread(selection, {expanded, data, element_size});
        report.finish();
    } else {
        write(request, data);
    }
}

}  // namespace hyperslab::engine
