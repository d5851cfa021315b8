#include "high_level/dataset_creation.hpp"

#include "dtypes/element_buffer.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/new_object_array.hpp"
#include "engine/engine.hpp"
#include "engine/store/open_dataset.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/types/type_translation.hpp"
#include "high_level/creation_arguments.hpp"
#include "ids/python_classes.hpp"
#include "ids/type_id.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/names.hpp"
#include "support/steps.hpp"
#include "support/warn.hpp"

namespace hyperslab::python {
namespace {

/// A dataset's type: as NumPy has it, and as HDF5 has it.
struct NewType {
    nb::object dtype;
    hdf5::Handle type;
};

nb::object default_dtype() {
    warn_deprecated(
        "Creating a dataset without passing data or dtype is deprecated. Pass an explicit dtype. "
        "Using dtype='f4' will keep the current default behaviour.");
    return numpy().dtype("=f4");
}

NewType type_of_id(const TypeID& type, nb::handle owner) {
    return {nb::object(owner.attr("dtype")), hdf5::Handle::borrow(type.id())};
}

// A committed datatype or a low-level type is used as it is.
NewType new_type(nb::handle dtype, nb::handle array) {
    const TypeID* type = nullptr;
    if (nb::isinstance(dtype, classes().datatype)) {
        const nb::object id = low_level(dtype);
        return type_of_id(nb::cast<const TypeID&>(id), id);
    }
    if (nb::try_cast(dtype, type) && type != nullptr) {
        return type_of_id(*type, dtype);
    }
    nb::object numpy_dtype = !dtype.is_none()   ? to_dtype(dtype)
                             : array.is_valid() ? nb::object(array.attr("dtype"))
                                                : default_dtype();
    hdf5::Handle made = hdf5::make_type(type_from_dtype(numpy_dtype, true));
    return {std::move(numpy_dtype), std::move(made)};
}

/// What the arguments say of shape and data.
struct Contents {
    nb::object array;            ///< null when nothing is written
    std::optional<Shape> shape;  ///< none for a null dataspace
    nb::object dtype;            ///< as given, or that of an Empty
};

Contents contents_of(nb::handle shape, nb::handle dtype, nb::handle data) {
    Contents contents{.dtype = nb::borrow(dtype)};
    const bool empty = is_empty_object(data);
    if (!data.is_none() && !empty) {
        contents.array = array_for_new_object(data, dtype);
    }
    if (shape.is_none()) {
        if (data.is_none() && dtype.is_none()) {
            throw nb::type_error("One of data, shape or dtype must be specified");
        }
        if (contents.array.is_valid()) {
            contents.shape = ArrayView(contents.array).shape();
        }
        if (empty && dtype.is_none()) {
            contents.dtype = data.attr("dtype");
        }
        return contents;
    }
    contents.shape = shape_argument(shape);
    if (empty) {
        throw nb::value_error("Shape tuple is incompatible with data");
    }
    if (contents.array.is_valid() &&
        element_count(*contents.shape) != ArrayView(contents.array).size()) {
        throw nb::value_error("Shape tuple is incompatible with data");
    }
    return contents;
}

}  // namespace

struct DatasetToMake::Parts {
    Parts(nb::handle shape, nb::handle dtype, nb::handle data, nb::handle keywords)
        : contents(contents_of(shape, dtype, data)),
          type(new_type(contents.dtype, contents.array)),
          arguments(parse_creation(contents.shape, type.dtype, keywords)) {
        if (contents.array.is_valid() && ArrayView(contents.array).size() != 0) {
            convert(contents.array);
        }
    }

    void convert(const nb::object& array) {
        const nb::object array_dtype = array.attr("dtype");
        const bool texts = dtype_kind(array_dtype) == 'T';
        outgoing = texts ? nb::object(array.attr("astype")("O")) : array;
        layout.emplace(texts ? MemoryLayout::of_text()
                             : MemoryLayout(array_dtype, hdf5::describe_type(type.type.id())));
        const ArrayView view(outgoing);
        elements.emplace(*layout, view.size(), view.data());
    }

    void fill(hdf5::Id made) const {
        if (arguments.options.filters.empty() && arguments.base_dcpl == hdf5::kDefault) {
            hdf5::h5d::write(made, {layout->type()}, elements->data());
            return;
        }
        engine::OpenDataset dataset(made);
        engine::write({dataset,
                       Selection::all(contents.shape.value_or(Shape())),
                       layout->type(),
                       hdf5::kDefault},
                      elements->data());
    }

    Contents contents;
    NewType type;
    CreationArguments arguments;
    nb::object outgoing{};  ///< what is written
    std::optional<MemoryLayout> layout{};
    std::optional<OutgoingElements> elements{};
};

DatasetToMake::DatasetToMake(nb::handle shape,
                             nb::handle dtype,
                             nb::handle data,
                             nb::handle keywords)
    : parts_(std::make_unique<const Parts>(shape, dtype, data, keywords)) {}

DatasetToMake::~DatasetToMake() = default;

hdf5::Handle DatasetToMake::make(hdf5::Id location, const std::optional<std::string>& name) const {
    const hdf5::LockGuard guard;
    const CreationArguments& arguments = parts_->arguments;
    hdf5::Handle made =
        object::create_dataset({location, name, parts_->type.type.id(), parts_->contents.shape},
                               arguments.options,
                               arguments.base_dcpl,
                               arguments.base_dapl);
    if (!parts_->elements) {
        return made;
    }
    try {
        parts_->fill(made.id());
    } catch (...) {
        object::forget(location, name.value_or(""));
        throw;
    }
    return made;
}

DatasetID make_dataset(const ObjectID& location,
                       nb::handle name,
                       nb::handle shape,
                       nb::handle dtype,
                       nb::handle data,
                       nb::handle keywords) {
    const DatasetToMake dataset(shape, dtype, data, keywords);
    const auto path = name.is_none() ? std::nullopt : std::optional(encode_name(name));
    return DatasetID(in_one_step([&] { return dataset.make(location.id(), path); }));
}

}  // namespace hyperslab::python
