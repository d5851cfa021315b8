#include "elements/dataset_read.hpp"

#include <array>

#include "dtypes/known_type.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/index_arguments.hpp"
#include "elements/nearby_element.hpp"
#include "elements/region.hpp"
#include "elements/taking_part.hpp"
#include "elements/transfer.hpp"
#include "engine/engine.hpp"
#include "engine/explain/explain.hpp"
#include "engine/explain/explain_write.hpp"
#include "engine/parallel/transfers.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "ids/python_classes.hpp"
#include "ids/space_id.hpp"
#include "support/shapes.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

// Arrays below are zeroed without asking whether that is needed: asking costs more.
constexpr std::uint64_t kSmallArray = 1U << 16;
// The number of bytes from which on the memory of an array comes fresh from the system, as zeros
// that cost nothing. The C library does not keep larger blocks for use again.
constexpr std::uint64_t kMappedArray = 32U << 20;

/// The form of the elements of one read in memory.
struct ReadType {
    nb::object dtype;                      ///< of the result
    const MemoryLayout* layout = nullptr;  ///< layout of its elements, when it is the dataset's
    std::shared_ptr<const MemoryLayout>
        own{};             ///< layout of its elements, when it is not the dataset's
    bool as_text = false;  ///< read as objects, then converted to `dtype`
};

// One field is read alone: an array of its own, not a view of records.
ReadType single_field_type(DatasetID& dataset, nb::handle dtype, nb::handle name) {
    subset_dtype(dtype, nb::make_tuple(name));  // complains about what cannot be
    const nb::object field = nb::object(dtype.attr("fields"))[name][0];
    return {.dtype = field,
            .own = std::make_shared<const MemoryLayout>(
                MemoryLayout::of_field(nb::cast<std::string>(name), field, dataset.open().type()))};
}

ReadType read_type(DatasetID& dataset, const IndexArguments& arguments, nb::handle new_dtype) {
    const std::vector<nb::object>& names = arguments.names;
    if (new_dtype.is_none()) {
        if (names.empty()) {
            return {.dtype = nb::borrow(dataset.dtype()), .layout = &dataset.layout()};
        }
        FieldSubset subset = dataset.known().subset(names);
        return {.dtype = std::move(subset.dtype), .own = std::move(subset.layout)};
    }
    nb::object dtype = to_dtype(new_dtype);
    if (names.size() == 1) {
        return single_field_type(dataset, dtype, names.front());
    }
    if (!names.empty()) {
        nb::list list;
        for (const nb::object& name : names) {
            list.append(name);
        }
        dtype = subset_dtype(dtype, list);
    }
    const bool as_text = dtype_kind(dtype) == 'T';
    return {.dtype = dtype,
            .own = std::make_shared<const MemoryLayout>(
                as_text ? MemoryLayout::of_text() : MemoryLayout(dtype, dataset.open().type())),
            .as_text = as_text};
}

const MemoryLayout& layout_of(const ReadType& type) { return type.own ? *type.own : *type.layout; }

nb::object object_dtype() { return numpy().dtype("O"); }

/// The dtype that is allocated: texts pass through objects.
nb::object array_dtype(const ReadType& type) { return type.as_text ? object_dtype() : type.dtype; }

nb::object finished(const ReadType& type, const nb::object& array) {
    return type.as_text ? array.attr("astype")(type.dtype) : array;
}

// libhdf5 leaves memory alone where nothing was ever written and no fill value is defined.
NewArray result_array(DatasetID& dataset,
                      const ReadType& type,
                      const Selection& selection,
                      const Shape& shape) {
    const MemoryLayout& layout = layout_of(type);
    const std::uint64_t count = selection.element_count();
    const std::size_t size = std::max<std::size_t>(layout.numpy_size(), 1);
    const bool plain = layout.direct() && dtype_kind(type.dtype) != 'V';
    if (plain && count > kMappedArray / size) {
        return {mapped_zeros_array(shape, type.dtype), true};
    }
    if (plain && count > kSmallArray / size && !dataset.open().may_leave_memory_untouched()) {
        return {empty_array(shape, type.dtype)};
    }
    return {zeros_array(shape, array_dtype(type)), true};
}

nb::object read_array(DatasetID& dataset,
                      const ReadType& type,
                      const Selection& selection,
                      const Shape& shape) {
    const bool nothing =
        selection.element_count() == 0 && !engine::is_collective(dataset.open(), dataset.dxpl());
    if (type.as_text && !nothing) {
        return read_texts(dataset.open(), selection, dataset.dxpl(), shape, type.dtype);
    }
    const NewArray result = result_array(dataset, type, selection, shape);
    if (!nothing) {
        read_selection(dataset.open(),
                       layout_of(type),
                       selection,
                       dataset.dxpl(),
                       memory_of(result.array),
                       nullptr,
                       &result);
    }
    return finished(type, result.array);
}

// One plain element of the dataset's own type: no array is made. Other threads may read the same
// dataset while the interpreter's lock is free, so the element arrives on the stack.
nb::object read_small_element(DatasetID& dataset, const Selection& selection) {
    std::array<std::byte, KnownType::kSmallElement> element{};
    without_gil([&] {
        engine::read_element({dataset.open(), selection, dataset.layout().type(), dataset.dxpl()},
                             element.data());
    });
    return dataset.known().scalar(element.data());
}

nb::object read_scalar(DatasetID& dataset, const ReadType& type, const Selection& selection) {
    if (!type.own && dataset.known().has_small_scalars()) {
        return read_small_element(dataset, selection);
    }
    nb::object array = read_array(dataset, type, selection, {});
    // An element that is itself an array (a field with a shape) stays one.
    return nb::cast<int>(array.attr("ndim")) == 0 ? scalar_of(array) : array;
}

nb::object read_null(const ReadType& type, const IndexArguments& arguments) {
    if (arguments.names.empty() && (arguments.is<NoIndex>() || arguments.is<OnlyEllipsis>())) {
        return classes().empty(type.dtype);
    }
    throw nb::value_error("Empty datasets cannot be sliced");
}

nb::object read_scalar_dataset(DatasetID& dataset,
                               const ReadType& type,
                               const IndexArguments& arguments) {
    const Selection everything;
    if (arguments.is<NoIndex>()) {
        return read_scalar(dataset, type, everything);
    }
    if (arguments.is<OnlyEllipsis>()) {
        return read_array(dataset, type, everything, {});
    }
    throw nb::value_error("Illegal slicing argument for scalar dataspace");
}

// Reads what a dataspace selects, which need not be a grid.
nb::object read_space(DatasetID& dataset,
                      const ReadType& type,
                      hdf5::Id space,
                      const Shape& shape,
                      std::uint64_t extent_changes) {
    nb::object array = zeros_array(shape, array_dtype(type));
    if (element_count(shape) != 0 || engine::is_collective(dataset.open(), dataset.dxpl())) {
        const hdf5::Handle memory = hdf5::h5s::create_simple(shape);
        read_elements(dataset.id(),
                      layout_of(type),
                      {memory.id(), space, dataset.dxpl(), extent_changes},
                      memory_of(array),
                      type.as_text ? &utf8_text() : nullptr);
    }
    return finished(type, array);
}

nb::object read_region(DatasetID& dataset, const ReadType& type, nb::handle reference) {
    const std::uint64_t extent_changes = hdf5::extent_changes();
    const hdf5::Handle space = region_in(dataset, reference);
    const std::optional<Shape> shape = guess_shape(space.id());
    if (!shape) {
        return classes().empty(type.dtype);
    }
    return read_space(dataset, type, space.id(), *shape, extent_changes);
}

nb::object read_selection_object(DatasetID& dataset, const ReadType& type, nb::handle selection) {
    const std::uint64_t extent_changes = hdf5::extent_changes();
    if (!nb::object(selection.attr("shape")).equal(dataset_shape(dataset))) {
        throw nb::type_error("Mismatched selection shape");
    }
    const nb::object id(selection.attr("id"));  // it may be a temporary, so it is kept
    const auto& space = nb::cast<const SpaceID&>(id);
    const Shape shape = shape_from_tuple(nb::object(selection.attr("mshape")), "mshape");
    return read_space(dataset, type, space.id(), shape, extent_changes)
        .attr("reshape")(nb::object(selection.attr("array_shape")));
}

nb::object read_parsed(DatasetID& dataset, const IndexArguments& arguments, nb::handle new_dtype) {
    const ReadType type = read_type(dataset, arguments, new_dtype);
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    if (extent->is_null()) {
        return read_null(type, arguments);
    }
    if (const auto* const region = arguments.get_if<RegionIndex>()) {
        return read_region(dataset, type, region->reference);
    }
    if (extent->is_scalar()) {
        return read_scalar_dataset(dataset, type, arguments);
    }
    if (const auto* const given = arguments.get_if<SelectionIndex>()) {
        return read_selection_object(dataset, type, given->selection);
    }
    const Selection selection = resolve_index(arguments, extent->dims);
    const Shape shape = selection.result_shape();
    if (shape.empty()) {
        return read_scalar(dataset, type, selection);
    }
    return read_array(dataset, type, selection, shape);
}

Selection selection_to_explain(DatasetID& dataset, const IndexArguments& arguments) {
    if (arguments.is<RegionIndex>() || arguments.is<SelectionIndex>()) {
        throw nb::type_error(
            "Region references and selection objects are left to libhdf5 and "
            "cannot be explained: use slices, lists and masks");
    }
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    if (extent->is_null()) {
        return Selection::none({});
    }
    return extent->is_scalar() ? Selection() : resolve_index(arguments, extent->dims);
}

// What `explain` says of the elements that the arguments select, with the extent of then.
template <class Explain>
auto explain_by(DatasetID& dataset, nb::handle args, nb::handle new_dtype, Explain&& explain) {
    const IndexArguments arguments = parse_index(args);
    const ReadType type = read_type(dataset, arguments, new_dtype);
    const MemoryLayout& layout = layout_of(type);
    return despite_resizing([&] {
        const std::uint64_t extent_changes = hdf5::extent_changes();
        const Selection selection = selection_to_explain(dataset, arguments);
        return in_one_step([&] {
            if (extent_changes != hdf5::extent_changes()) {
                throw engine::ExtentChanged();
            }
            return explain(
                engine::Request{dataset.open(), selection, layout.type(), dataset.dxpl()});
        });
    });
}

}  // namespace

ReadExplanation explain_read(DatasetID& dataset, nb::handle args, nb::handle new_dtype) {
    return explain_by(dataset, args, new_dtype, &engine::explain);
}

WriteExplanation explain_write(DatasetID& dataset, nb::handle args, nb::handle dtype) {
    return explain_by(dataset, args, dtype, &engine::explain_write);
}

nb::object read_dataset_id(DatasetID& dataset, nb::handle args, nb::handle new_dtype) {
    if (new_dtype.is_none()) {
        if (nb::object element = nearby_element(dataset, args); element.is_valid()) {
            return element;
        }
    }
    return taking_part(dataset, engine::Direction::read, [&] {
        const IndexArguments arguments = parse_index(args);
        return despite_resizing([&] { return read_parsed(dataset, arguments, new_dtype); });
    });
}

nb::object read_dataset(nb::handle dataset, nb::handle args, nb::handle new_dtype) {
    const nb::object id = low_level(dataset);
    return read_dataset_id(nb::cast<DatasetID&>(id), args, new_dtype);
}

nb::object getitem(nb::handle dataset, nb::handle args) {
    return read_dataset(dataset, args, Py_None);
}

}  // namespace hyperslab::python
