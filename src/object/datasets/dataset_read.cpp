#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <variant>

#include "core/checked.hpp"
#include "engine/despite_resizing.hpp"
#include "engine/engine.hpp"
#include "engine/parallel/transfers.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hdf5/types/vlen_arena.hpp"
#include "hyperslab/dataset.hpp"
#include "object/elements/array_walk.hpp"
#include "object/elements/containers.hpp"
#include "object/elements/element_buffer.hpp"
#include "object/elements/element_storage.hpp"
#include "object/elements/memory_type.hpp"
#include "object/elements/stored_elements.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/read_elements.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab {
namespace object {

Datatype stored_type(DatasetState& state, std::span<const std::string> field) {
    return field.empty() ? state.open().type() : member_type(state.open().type(), field);
}

SharedType transfer_type(DatasetState& state,
                         std::span<const std::string> field,
                         const detail::ElementCodec& codec) {
    if (field.empty()) {
        return state.memory_type(codec);
    }
    Datatype type = memory_type(codec, stored_type(state, field));
    hdf5::Handle handle = hdf5::make_type(nested_in(type, field));
    return std::make_shared<const MemoryType>(MemoryType{std::move(type), std::move(handle)});
}

namespace {

void require_shape(const Shape& wanted, const detail::ArrayRef& target) {
    const bool fits =
        target.flat ? element_count(target.shape) == element_count(wanted) : target.shape == wanted;
    if (!fits) {
        throw Error(ErrorCode::invalid_argument,
                    "Elements of shape " + to_string(wanted) + " cannot be read into an array of " +
                        "shape " + to_string(target.shape));
    }
}

/// Whether a read is of one element at given positions. Then the elements around it are worth
/// keeping.
enum class Reading { of_one, of_any };

// The caller's memory is as libhdf5 wants it.
void read_in_place(engine::OpenDataset& dataset,
                   const Selection& selection,
                   const MemoryType& type,
                   const detail::ArrayRef& target,
                   Reading how) {
    if (dataset.may_leave_memory_untouched()) {
        std::memset(target.data, 0, selection.element_count() * target.codec->size);
    }
    const engine::Request request{dataset, selection, type.id()};
    how == Reading::of_one ? engine::read_element(request, target.data)
                           : engine::read(request, target.data);
}

/// Turns elements that point to others into a caller's objects, a window at a time.
class LoadingSink final : public engine::ElementSink {
public:
    LoadingSink(const detail::ArrayRef& target, const Datatype& type)
        : walk_(target), codec_(*target.codec), type_(type) {}

    void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) override {
        if (first == 0) {
            walk_.begin_anew();
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            codec_.load(elements + i * type_.size(), type_, walk_.next());
        }
    }

private:
    ElementWalk<void> walk_;
    const detail::ElementCodec& codec_;
    const Datatype& type_;
};

// `item` is what the caller's objects are made of: an element, or several in a row.
void read_as_one_block(engine::OpenDataset& dataset,
                       const Selection& selection,
                       const MemoryType& type,
                       const Datatype& item,
                       const detail::ArrayRef& target) {
    const std::uint64_t count = selection.element_count();
    ElementBuffer buffer(count, type.type.size());
    hdf5::VlenArena arena;
    const bool owns = type.type.has_variable_length() || has_standard_reference(type.type);
    const hdf5::Id dxpl = owns ? arena.dxpl() : hdf5::kDefault;
    if (count != 0) {
        engine::read({dataset, selection, type.id(), dxpl}, buffer.data());
    }
    const ReadElements read(type, count, buffer.data(), dxpl);
    load_elements(buffer.data(), item, target);
}

void read_and_load(engine::OpenDataset& dataset,
                   const Selection& selection,
                   const MemoryType& type,
                   const detail::ArrayRef& target) {
    if (has_standard_reference(type.type)) {
        read_as_one_block(dataset, selection, type, type.type, target);
        return;
    }
    if (type.type.has_variable_length()) {
        LoadingSink sink(target, type.type);
        engine::read({dataset, selection, type.id()}, sink);
        return;
    }
    ElementBuffer buffer(selection.element_count(), type.type.size());
    engine::read({dataset, selection, type.id()}, buffer.data());
    load_elements(buffer.data(), type.type, target);
}

void read_elements_into(const detail::ArrayPlace& place,
                        const Selection& selection,
                        const detail::ArrayRef& target,
                        Reading how) {
    DatasetState& state = dataset_state(place.dataset);
    engine::OpenDataset& dataset = state.open();
    const auto read = [&] {
        require_shape(selection.result_shape(), target);
        const SharedType type = transfer_type(state, place.field, *target.codec);
        const bool nothing = selection.element_count() == 0;
        if (nothing && !engine::is_collective(dataset, hdf5::kDefault)) {
            return;
        }
        converting(dataset.type_id(), type->id(), [&] {
            if (target.codec->plain && is_contiguous(target)) {
                read_in_place(dataset, selection, *type, target, how);
            } else {
                read_and_load(dataset, selection, *type, target);
            }
        });
    };
    engine::taking_part(dataset, hdf5::kDefault, engine::Direction::read, read);
}

// Vectors as axes: what they hold is read as one block first.
void read_into_vectors(const detail::ArrayPlace& place,
                       const Selection& selection,
                       const detail::ArrayRef& target,
                       std::size_t axes) {
    DatasetState& state = dataset_state(place.dataset);
    const Shape shape = selection.result_shape();
    const Shape outer = shape_in_containers(shape, *target.codec, axes);
    require_shape(outer, target);
    const SharedType type = transfer_type(state, place.field, inside(*target.codec, axes));
    const Datatype item = container_type(type->type, std::span(shape).subspan(outer.size()));
    engine::OpenDataset& dataset = state.open();
    converting(dataset.type_id(), type->id(), [&] {
        read_as_one_block(dataset, selection, *type, item, target);
    });
}

void read(const detail::ArrayPlace& place,
          const Selection& selection,
          const detail::ArrayRef& target,
          Reading how) {
    DatasetState& state = dataset_state(place.dataset);
    naming(state, [&] {
        const std::size_t axes =
            target.codec->depth == 0
                ? 0
                : container_axes(*target.codec, stored_type(state, place.field));
        if (axes == 0) {
            read_elements_into(place, selection, target, how);
        } else if (auto flat = flattened(target, axes)) {
            flat->flat = false;  // the array has a shape now
            read_elements_into(place, selection, *flat, how);
        } else {
            read_into_vectors(place, selection, target, axes);
        }
    });
}

/// Positions, one for each axis.
class Position {
public:
    explicit Position(const IndexExpression& expression) {
        for (const Index& item : expression.items()) {
            const At* const at = std::get_if<At>(&item);
            if (at == nullptr || count_ == values_.size()) {
                count_ = 0;
                return;
            }
            values_[count_++] = at->index;
        }
    }

    /// The positions; empty when an index is no position, or when there are more than usual.
    std::span<const std::int64_t> values() const { return std::span(values_).first(count_); }

private:
    std::array<std::int64_t, 4> values_;
    std::size_t count_ = 0;
};

std::shared_ptr<const engine::Extent> readable_extent(DatasetState& state) {
    const hdf5::LockGuard guard;
    std::shared_ptr<const engine::Extent> extent = state.open().extent();
    if (extent->is_null()) {
        throw Error(ErrorCode::invalid_argument, "A null dataset has no elements to read or write");
    }
    return extent;
}

void require_one_element(DatasetState& state, const Shape& shape) {
    if (element_count(shape) != 1) {
        naming(state, [&] {
            throw Error(ErrorCode::invalid_argument,
                        "One element was asked for, and " + std::to_string(element_count(shape)) +
                            " are selected");
        });
    }
}

}  // namespace
}  // namespace object

namespace detail {

Selection select(const Object& dataset, const IndexExpression& expression) {
    object::DatasetState& state = object::dataset_state(dataset);
    return object::naming(
        state, [&] { return resolve(expression, object::readable_extent(state)->dims); });
}

const Selection& require_extent(const Object& dataset, const Selection& selection) {
    object::DatasetState& state = object::dataset_state(dataset);
    object::naming(state, [&] {
        const std::shared_ptr<const engine::Extent> extent = object::readable_extent(state);
        if (!std::ranges::equal(selection.extent(), extent->dims)) {
            const Shape meant(selection.extent().begin(), selection.extent().end());
            throw Error(ErrorCode::invalid_argument,
                        "A selection in an extent of shape " + to_string(meant) +
                            " was given for a dataset of shape " + to_string(extent->dims));
        }
    });
    return selection;  // NOLINT(bugprone-return-const-ref-from-parameter): it is the caller's
}

Shape target_shape(const ArrayPlace& place, const Selection& selection, const ElementCodec& codec) {
    Shape shape = selection.result_shape();
    if (codec.depth == 0) {
        return shape;
    }
    object::DatasetState& state = object::dataset_state(place.dataset);
    return object::naming(state, [&] {
        const Datatype stored = object::stored_type(state, place.field);
        return object::shape_in_containers(shape, codec, object::container_axes(codec, stored));
    });
}

void with_selection(const Object& dataset,
                    const IndexExpression& expression,
                    const SelectionUser& use) {
    engine::despite_resizing([&] { use(select(dataset, expression)); });
}

void with_selection(const Object& dataset, const Selection& selection, const SelectionUser& use) {
    try {
        use(require_extent(dataset, selection));
    } catch (const engine::ExtentChanged&) {
        require_extent(dataset, selection);
        throw Error(ErrorCode::io, "The dataset is resized again and again");
    }
}

void read(const ArrayPlace& place, const Selection& selection, const ArrayRef& target) {
    object::read(place, selection, target, object::Reading::of_any);
}

void read_one(const ArrayPlace& place, const IndexExpression& expression, const ArrayRef& target) {
    object::DatasetState& state = object::dataset_state(place.dataset);
    const object::Position position(expression);
    // Elements that are read along with others are bytes, which only plain objects are.
    const bool at_position =
        place.field.empty() && target.codec->plain && !position.values().empty();
    if (at_position && state.find_nearby(position.values(), *target.codec, target.data)) {
        return;
    }
    with_selection(place.dataset, expression, [&](const Selection& selection) {
        const Shape shape = target_shape(place, selection, *target.codec);
        object::require_one_element(state, shape);
        object::read(place,
                     selection,
                     {target.data, shape, {}, true, target.codec},
                     at_position ? object::Reading::of_one : object::Reading::of_any);
    });
}

void throw_out_of_memory(const ArrayPlace& place) {
    throw object::out_of_memory(object::dataset_state(place.dataset));
}

}  // namespace detail

ElementArray Dataset::read_elements(const IndexExpression& expression,
                                    const std::vector<std::string>& fields) const {
    object::DatasetState& state = object::dataset_state(*this);
    std::shared_ptr<detail::ElementStorage> storage;
    detail::with_selection(*this, expression, [&](const Selection& selection) {
        object::naming(state, [&] {
            const Datatype stored = state.open().type();
            const Datatype type =
                object::native_type(fields.empty() ? stored : object::subset(stored, fields));
            storage = std::make_shared<detail::ElementStorage>(type, selection.result_shape());
            if (storage->count() != 0) {
                hdf5::Handle memory_type = hdf5::make_type(type);
                engine::read({state.open(), selection, memory_type.id(), storage->dxpl()},
                             storage->buffer().data());
                if (object::has_standard_reference(type)) {
                    storage->own(std::move(memory_type));
                }
            }
        });
    });
    return ElementArray(storage);
}

}  // namespace hyperslab
