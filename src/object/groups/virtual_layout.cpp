#include "hyperslab/virtual_layout.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <variant>

#include "engine/library/select.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/c_name.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/group.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "object/datasets/space_selection.hpp"
#include "object/groups/group_functions.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

namespace h5p = hdf5::h5p;
namespace h5s = hdf5::h5s;
using hdf5::Handle;
using object::Access;

namespace object {

/// The dataspaces of a layout's mappings.
class VirtualSpaces {
public:
    static void add_mapping(hdf5::Id dcpl, const VirtualLayout& layout, std::size_t i) {
        const VirtualMapping& mapping = layout.mappings_[i];
        const VirtualLayout::Ends& ends = layout.ends_[i];
        const Handle target =
            space_of(mapping.virtual_selection, layout.shape_, layout.max_shape_, ends.virtual_);
        const Handle source = space_of(mapping.source_selection,
                                       ends.source_shape,
                                       max_shape_of(ends.source_shape, ends.source),
                                       ends.source);
        h5p::set_virtual(dcpl, target.id(), mapping.file, mapping.dataset, source.id());
    }

private:
    using Endless = std::optional<VirtualLayout::Endless>;

    static std::optional<Shape> max_shape_of(Shape shape, const Endless& endless) {
        if (!endless) {
            return std::nullopt;
        }
        shape[endless->axis] = kUnlimited;
        return shape;
    }

    static Handle space_of(const Selection& selection,
                           const Shape& extent,
                           const std::optional<Shape>& max_shape,
                           const Endless& endless) {
        Handle space = h5s::create_simple(extent, max_shape);
        if (!endless) {
            engine::apply_selection(selection, space.id());
            return space;
        }
        const auto copied = [](std::span<const std::uint64_t> row) {
            return Shape(row.begin(), row.end());
        };
        Shape start = copied(selection.start());
        Shape stride = copied(selection.stride());
        Shape count = copied(selection.count());
        Shape block = copied(selection.block());
        start[endless->axis] = endless->start;
        stride[endless->axis] = endless->stride;
        count[endless->axis] = kUnlimited;
        block[endless->axis] = endless->block;
        h5s::select_hyperslab(space.id(),
                              h5s::Operation::set,
                              start.data(),
                              stride.data(),
                              count.data(),
                              block.data());
        return space;
    }
};

}  // namespace object

namespace {

// A file does not hold the extent of a source that is taken whole, so a row of as many elements
// stands for it.
Selection source_selection(hdf5::Id source_space, const Selection& virtual_selection) {
    Selection selection = object::selection_of(source_space);
    const std::uint64_t count = virtual_selection.element_count();
    return selection.kind() == SelectionKind::all && selection.element_count() != count
               ? Selection::all(Shape{count})
               : selection;
}

[[noreturn]] void throw_invalid(const std::string& message) {
    throw Error(ErrorCode::invalid_argument, message);
}

std::string name_of(const VirtualSource& source) {
    return "'" + source.dataset + "' in file '" + source.file + "'";
}

bool is_endless(const Index& item) {
    const auto* const slice = std::get_if<Slice>(&item);
    const auto* const blocks = std::get_if<MultiBlock>(&item);
    return (slice != nullptr && slice->stop == std::numeric_limits<std::int64_t>::max()) ||
           (blocks != nullptr && blocks->count == kUnlimited);
}

/// An expression, divided into what it selects now and where it has no end.
template <class Endless>
struct Parts {
    IndexExpression now;
    std::optional<Endless> endless;
};

template <class Endless>
Endless endless_at(std::size_t axis, const Index& item) {
    if (const auto* const blocks = std::get_if<MultiBlock>(&item)) {
        return {axis, blocks->start, blocks->stride, blocks->block};
    }
    const Slice& slice = std::get<Slice>(item);
    const std::int64_t start = slice.start.value_or(0);
    if (start < 0 || slice.step < 1) {
        throw_invalid(
            "A slice without end begins at a position of at least 0, by steps of at least 1");
    }
    return {axis, static_cast<std::uint64_t>(start), static_cast<std::uint64_t>(slice.step), 1};
}

// Along an axis without end nothing is selected while the axis is empty.
template <class Endless>
Parts<Endless> take_apart(const IndexExpression& expression, std::size_t rank) {
    Parts<Endless> parts;
    std::size_t axis = 0;
    for (const Index& item : expression.items()) {
        if (std::holds_alternative<Ellipsis>(item)) {
            axis += rank - std::min(rank, expression.size() - 1);
            parts.now.push_back(item);
            continue;
        }
        if (!is_endless(item)) {
            parts.now.push_back(item);
        } else if (parts.endless) {
            throw_invalid("A virtual selection can have one axis without end, not two");
        } else {
            parts.endless = endless_at<Endless>(axis, item);
            const bool apart = parts.endless->block == 1;
            const auto step = static_cast<std::int64_t>(apart ? parts.endless->stride : 1);
            parts.now.push_back(Slice{parts.endless->start, std::nullopt, step});
        }
        ++axis;
    }
    return parts;
}

bool counts_sources(const VirtualSource& source) {
    return source.file.find("%b") != std::string::npos ||
           source.dataset.find("%b") != std::string::npos;
}

}  // namespace

VirtualLayout::VirtualLayout(Shape shape, Datatype type, std::optional<Shape> max_shape)
    : shape_(std::move(shape)), type_(std::move(type)), max_shape_(std::move(max_shape)) {}

VirtualLayout& VirtualLayout::map(const IndexExpression& where, const VirtualSource& source) {
    const Parts to = take_apart<Endless>(where, shape_.size());
    const Parts from = take_apart<Endless>(source.selection, source.shape.size());
    const bool grows = to.endless && max_shape_ && to.endless->axis < max_shape_->size() &&
                       (*max_shape_)[to.endless->axis] == kUnlimited;
    if (!grows) {
        return add({resolve(where, shape_),
                    source.file,
                    source.dataset,
                    resolve(source.selection, source.shape)},
                   {{}, {}, source.shape});
    }
    if (!from.endless && !counts_sources(source)) {
        throw_invalid("A virtual selection without end cannot be mapped to " + name_of(source) +
                      ", whose selection has one");
    }
    const auto axis_of = [](const std::optional<Endless>& endless) {
        return endless ? std::optional(endless->axis) : std::nullopt;
    };
    return add({resolve(to.now, shape_),
                source.file,
                source.dataset,
                resolve(from.now, source.shape),
                true,
                axis_of(to.endless),
                axis_of(from.endless)},
               {to.endless, from.endless, source.shape});
}

VirtualLayout& VirtualLayout::add(VirtualMapping mapping, Ends ends) {
    const std::uint64_t wanted = mapping.virtual_selection.element_count();
    const std::uint64_t given = mapping.source_selection.element_count();
    if (!mapping.unlimited && wanted != given) {
        throw_invalid("A virtual selection of " + std::to_string(wanted) +
                      " elements cannot be mapped to " + std::to_string(given) + " of '" +
                      mapping.dataset + "' in file '" + mapping.file + "'");
    }
    mappings_.push_back(std::move(mapping));
    ends_.push_back(std::move(ends));
    return *this;
}

Dataset Group::create_virtual_dataset(const std::string& path,
                                      const VirtualLayout& layout,
                                      const std::optional<FillValue>& fill_value) const {
    const hdf5::LockGuard guard;
    const object::ObjectState& state = Access::state(*this);
    return object::creating(state, [&] {
        const Handle dcpl = h5p::create(h5p::ListClass::dataset_create);
        h5p::set_layout(dcpl.id(), h5p::Layout::virtual_);
        for (std::size_t i = 0; i < layout.mappings().size(); ++i) {
            object::VirtualSpaces::add_mapping(dcpl.id(), layout, i);
        }
        if (fill_value) {
            object::set_fill_value(dcpl.id(), *fill_value, layout.datatype());
        }
        const Handle type = hdf5::make_type(layout.datatype());
        const Handle space = h5s::create_simple(layout.shape(), layout.max_shape());
        Handle made = hdf5::h5d::create(state.id(),
                                        path.empty() ? nullptr : hdf5::c_name(path),
                                        type.id(),
                                        space.id(),
                                        object::link_plist(path),
                                        dcpl.id());
        return Dataset(object::make_object(std::move(made), state, path));
    });
}

std::vector<VirtualMapping> Dataset::virtual_sources() const {
    const hdf5::LockGuard guard;
    std::vector<VirtualMapping> sources;
    if (!is_virtual()) {
        return sources;
    }
    const Handle dcpl = hdf5::h5d::create_plist(object::id_of(*this));
    for (const h5p::VirtualMapping& mapping : h5p::get_virtual_mappings(dcpl.id())) {
        const hdf5::Id virtual_space = mapping.virtual_space.id();
        const hdf5::Id source_space = mapping.source_space.id();
        const Selection selection = object::selection_of(virtual_space);
        const auto unlimited_axis = object::unlimited_axis(virtual_space);
        const auto source_axis = object::unlimited_axis(source_space);
        sources.push_back({selection,
                           mapping.file,
                           mapping.dataset,
                           source_selection(source_space, selection),
                           unlimited_axis || source_axis,
                           unlimited_axis,
                           source_axis});
    }
    return sources;
}

}  // namespace hyperslab
