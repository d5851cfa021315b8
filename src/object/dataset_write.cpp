// Writing: what the caller has becomes elements as libhdf5 wants them, and these are spread over
// the selection by NumPy's rules.

#include <algorithm>
#include <cstring>
#include <optional>

#include "engine/engine.hpp"
#include "hyperslab/detail/array_access.hpp"
#include "object/element_buffer.hpp"
#include "object/object_state.hpp"
#include "object/stored_elements.hpp"
#include "object/transfer.hpp"
#include "selection/broadcast.hpp"

namespace hyperslab {
namespace object {
namespace {

// Elements that are repeated over a selection are written in blocks of copies, this large at most.
constexpr std::uint64_t kBlockBytes = 8U << 20;

/// Elements in memory, with one dimension for every axis of the selection they are written to.
struct Elements {
    Shape shape;
    const std::byte* data;
    std::size_t element_size;

    std::uint64_t bytes() const { return element_count(shape) * element_size; }
};

/// The same elements with those along one axis repeated; `shape[axis]` is 1 before.
ElementBuffer repeated(const Elements& elements, std::size_t axis, std::uint64_t times) {
    const std::span<const std::uint64_t> shape(elements.shape);
    std::uint64_t outer = 1;
    for (const std::uint64_t n : shape.first(axis)) {
        outer *= n;
    }
    const std::uint64_t inner = elements.bytes() / std::max<std::uint64_t>(outer, 1);
    ElementBuffer buffer(outer * times, inner);
    std::byte* to = buffer.data();
    for (std::uint64_t i = 0; i < outer; ++i) {
        for (std::uint64_t k = 0; k < times; ++k) {
            std::memcpy(to, elements.data + i * inner, inner);
            to += inner;
        }
    }
    return buffer;
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
    // Of one long block a part is a shorter block; of many blocks it is fewer of them.
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
    Spreader(DatasetState& state, hdf5::Id type) : state_(state), type_(type) {}

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
                break;  // large enough to be written one by one
            }
            return;
        }
        selection::for_each_tile(selection, elements.shape, [&](const Selection& tile) {
            engine::write({state_.open(), tile, type_}, elements.data);
        });
    }

private:
    void spread_repeated(const Selection& selection,
                         const Elements& elements,
                         std::size_t axis,
                         std::uint64_t times) const {
        const ElementBuffer buffer = repeated(elements, axis, times);
        Elements longer{elements.shape, buffer.data(), elements.element_size};
        longer.shape[axis] = times;
        spread(selection, longer);
    }

    DatasetState& state_;
    hdf5::Id type_;
};

bool is_regular(const Selection& selection) {
    return selection.kind() == SelectionKind::all || selection.kind() == SelectionKind::hyperslab;
}

void write_elements(DatasetState& state,
                    const Selection& selection,
                    const Shape& shape,
                    const std::byte* data,
                    std::size_t element_size,
                    hdf5::Id type) {
    const std::uint64_t count = selection.element_count();
    // One value goes to any selection, be it as irregular as it may.
    const bool one_value = !is_regular(selection) && element_count(shape) == 1;
    if (!one_value) {
        const Shape expanded = selection::expand_shape(selection, shape);
        if (count != 0 && is_regular(selection)) {
            Spreader(state, type).spread(selection, {expanded, data, element_size});
        } else if (count != 0) {
            engine::write({state.open(), selection, type}, data);
        }
        return;
    }
    const ElementBuffer copies = repeated({{1}, data, element_size}, 0, count);
    if (count != 0) {
        engine::write({state.open(), selection, type}, copies.data());
    }
}

}  // namespace
}  // namespace object

namespace detail {

void write(const ArrayPlace& place, const Selection& selection, const ConstArrayRef& source) {
    object::DatasetState& state = object::dataset_state(place.dataset);
    object::naming(state, [&] {
        const hdf5::Handle type = object::transfer_type(state, place.field, *source.codec);
        const bool as_selected =
            source.flat && element_count(source.shape) == selection.element_count();
        const Shape shape = as_selected ? selection.result_shape() : source.shape;
        const object::StoredElements elements(source);
        object::converting(type.id(), state.open().type_id(), [&] {
            object::write_elements(
                state, selection, shape, elements.data(), source.codec->type.size(), type.id());
        });
    });
}

}  // namespace detail
}  // namespace hyperslab
