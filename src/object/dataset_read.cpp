#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <variant>

#include "core/checked.hpp"
#include "engine/engine.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/dataset.hpp"
#include "object/array_walk.hpp"
#include "object/element_buffer.hpp"
#include "object/element_storage.hpp"
#include "object/memory_type.hpp"
#include "object/object_state.hpp"
#include "object/stored_elements.hpp"
#include "object/transfer.hpp"

namespace hyperslab {
namespace object {

hdf5::Handle transfer_type(DatasetState& state,
                           std::span<const std::string> field,
                           const detail::ElementCodec& codec) {
    if (field.empty()) {
        return state.memory_type(codec);
    }
    const Datatype stored = member_type(state.open().type(), field);
    return hdf5::make_type(nested_in(memory_type(codec.type, stored), field));
}

namespace {

void require_shape(const Selection& selection, const detail::ArrayRef& target) {
    const Shape wanted = selection.result_shape();
    const bool fits =
        target.flat ? element_count(target.shape) == element_count(wanted) : target.shape == wanted;
    if (!fits) {
        throw Error(ErrorCode::invalid_argument,
                    "Elements of shape " + to_string(wanted) + " cannot be read into an array of " +
                        "shape " + to_string(target.shape));
    }
}

/// Of one element, at positions that were all said, those around it are worth keeping.
enum class Reading { of_one, of_any };

// The caller's memory is as libhdf5 wants it.
void read_in_place(DatasetState& state,
                   const Selection& selection,
                   const hdf5::Handle& type,
                   const detail::ArrayRef& target,
                   Reading how) {
    if (state.open().may_leave_memory_untouched()) {
        std::memset(target.data, 0, selection.element_count() * target.codec->size);
    }
    const engine::Request request{state.open(), selection, type.id()};
    how == Reading::of_one ? engine::read_element(request, target.data)
                           : engine::read(request, target.data);
}

/// Turns elements that point to others into a caller's objects, a window at a time.
class LoadingSink final : public engine::ElementSink {
public:
    explicit LoadingSink(const detail::ArrayRef& target) : walk_(target), codec_(*target.codec) {}

    void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) override {
        if (first == 0) {
            walk_.begin_anew();
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            codec_.load(elements + i * codec_.type.size(), walk_.next());
        }
    }

private:
    ElementWalk<void> walk_;
    const detail::ElementCodec& codec_;
};

void read_and_load(DatasetState& state,
                   const Selection& selection,
                   const hdf5::Handle& type,
                   const detail::ArrayRef& target) {
    if (target.codec->type.has_variable_length()) {
        LoadingSink sink(target);
        engine::read({state.open(), selection, type.id()}, sink);
        return;
    }
    ElementBuffer buffer(selection.element_count(), target.codec->type.size());
    engine::read({state.open(), selection, type.id()}, buffer.data());
    load_elements(buffer.data(), target);
}

void read(const detail::ArrayPlace& place,
          const Selection& selection,
          const detail::ArrayRef& target,
          Reading how) {
    DatasetState& state = dataset_state(place.dataset);
    naming(state, [&] {
        require_shape(selection, target);
        const hdf5::Handle type = transfer_type(state, place.field, *target.codec);
        if (selection.element_count() == 0) {
            return;
        }
        converting(state.open().type_id(), type.id(), [&] {
            if (target.codec->plain && is_contiguous(target)) {
                read_in_place(state, selection, type, target, how);
            } else {
                read_and_load(state, selection, type, target);
            }
        });
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

    /// None when something else is among them, or there are more than usual.
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

void require_one_element(DatasetState& state, const Selection& selection) {
    if (selection.element_count() != 1) {
        naming(state, [&] {
            throw Error(ErrorCode::invalid_argument,
                        "One element was asked for, and " +
                            std::to_string(selection.element_count()) + " are selected");
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
    return selection;
}

namespace {

// Others may resize the dataset as often as they like: then they wait.
constexpr int kAttempts = 8;

}  // namespace

void with_selection(const Object& dataset,
                    const IndexExpression& expression,
                    const SelectionUser& use) {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        try {
            use(select(dataset, expression));
            return;
        } catch (const engine::ExtentChanged&) {
        }
    }
    const hdf5::LockGuard guard;
    use(select(dataset, expression));
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
    const bool at_position = place.field.empty() && !position.values().empty();
    if (at_position && state.find_nearby(position.values(), *target.codec, target.data)) {
        return;
    }
    with_selection(place.dataset, expression, [&](const Selection& selection) {
        object::require_one_element(state, selection);
        object::read(place,
                     selection,
                     {target.data, selection.result_shape(), {}, true, target.codec},
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
                const hdf5::Handle memory_type = hdf5::make_type(type);
                engine::read({state.open(), selection, memory_type.id(), storage->dxpl()},
                             storage->buffer().data());
            }
        });
    });
    return ElementArray(storage);
}

}  // namespace hyperslab
