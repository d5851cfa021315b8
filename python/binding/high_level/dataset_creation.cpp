#include "high_level/dataset_creation.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dtypes/creation_type.hpp"
#include "dtypes/element_buffer.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/new_object_array.hpp"
#include "elements/transfer.hpp"
#include "engine/engine.hpp"
#include "engine/facts/progress.hpp"
#include "engine/store/open_dataset.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/types/h5t.hpp"
#include "high_level/creation_arguments.hpp"
#include "ids/python_classes.hpp"
#include "ids/type_id.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/kept_array.hpp"
#include "support/names.hpp"
#include "support/steps.hpp"
#include "support/warn.hpp"

namespace hyperslab::python {
namespace {

nb::object default_dtype() {
    warn_deprecated(
        "Creating a dataset without passing data or dtype is deprecated. Pass an explicit dtype. "
        "Using dtype='f4' will keep the current default behaviour.");
    return numpy().dtype("=f4");
}

std::shared_ptr<const CreationType> type_of_id(const TypeID& type, nb::handle owner) {
    return std::make_shared<const CreationType>(nb::object(owner.attr("dtype")),
                                                hdf5::Handle::borrow(type.id()));
}

// A committed datatype or a low-level type is used as it is.
std::shared_ptr<const CreationType> new_type(nb::handle dtype, nb::handle array) {
    const TypeID* type = nullptr;
    if (nb::isinstance(dtype, classes().datatype)) {
        const nb::object id = low_level(dtype);
        return type_of_id(nb::cast<const TypeID&>(id), id);
    }
    if (nb::try_cast(dtype, type) && type != nullptr) {
        return type_of_id(*type, dtype);
    }
    return creation_type(!dtype.is_none()   ? to_dtype(dtype)
                         : array.is_valid() ? nb::object(array.attr("dtype"))
                                            : default_dtype());
}

/// The shape and the data that the arguments ask for.
struct Contents {
    nb::object array;            ///< null when nothing is written
    std::optional<Shape> shape;  ///< empty for a null dataspace
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
          arguments(parse_creation(contents.shape, type->dtype(), keywords)) {
        if (contents.array.is_valid() && ArrayView(contents.array).size() != 0) {
            convert(contents.array);
        }
    }

    void convert(const nb::object& array) {
        const nb::object array_dtype = array.attr("dtype");
        const bool texts = dtype_kind(array_dtype) == 'T';
        outgoing = texts ? nb::object(array.attr("astype")("O")) : array;
        layout = texts ? std::make_shared<const MemoryLayout>(MemoryLayout::of_text())
                       : type->layout_of(array_dtype);
        const ArrayView view(outgoing);
        elements.emplace(*layout, view.size(), view.data());
        bytes = view.size() * layout->c_size();
    }

    // The engine has to learn first what it may do; few bytes without filters are written sooner.
    void fill(hdf5::Id made) const {
        if (bytes < engine::kFewNewBytes && arguments.options.filters.empty() &&
            arguments.base_dcpl == hdf5::kDefault) {
            hdf5::h5d::write(made, {layout->type()}, elements->data());
            return;
        }
        engine::OpenDataset dataset(made);
        const Selection all = Selection::all(contents.shape.value_or(Shape()));
        engine::Request request{dataset, all, layout->type()};
        keep_if_direct(request, *layout, outgoing);
        engine::write(request, elements->data());
    }

    Contents contents;
    std::shared_ptr<const CreationType> type;
    CreationArguments arguments;
    nb::object outgoing{};  ///< what is written
    std::shared_ptr<const MemoryLayout> layout{};
    std::optional<OutgoingElements> elements{};
    std::size_t bytes = 0;  ///< of the elements
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
        object::create_dataset({location, name, parts_->type->id(), parts_->contents.shape},
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

std::uint64_t DatasetToMake::bytes() const { return parts_->bytes; }

DatasetID make_dataset(const ObjectID& location,
                       nb::handle name,
                       nb::handle shape,
                       nb::handle dtype,
                       nb::handle data,
                       nb::handle keywords) {
    const DatasetToMake dataset(shape, dtype, data, keywords);
    const auto path = name.is_none() ? std::nullopt : std::optional(encode_name(name));
    let_go_of_kept_arrays();
    return DatasetID(in_one_step([&] { return dataset.make(location.id(), path); }));
}

namespace {

struct NamedDataset {
    std::string name;
    std::shared_ptr<const DatasetToMake> dataset;
};

/// Takes an argument out of a dict; None when it is not there.
nb::object taken(const nb::dict& arguments, const char* name) {
    const nb::str key(name);
    if (!arguments.contains(key)) {
        return nb::none();
    }
    nb::object value = arguments[key];
    nb::del(arguments[key]);
    return value;
}

std::shared_ptr<const DatasetToMake> dataset_to_make(nb::handle member, nb::handle keywords) {
    if (!PyDict_Check(member.ptr()) && PyDict_GET_SIZE(keywords.ptr()) == 0) {
        return std::make_shared<const DatasetToMake>(nb::none(), nb::none(), member, keywords);
    }
    nb::dict arguments = nb::borrow<nb::dict>(nb::object(keywords.attr("copy")()));
    if (PyDict_Check(member.ptr())) {
        arguments.update(nb::borrow<nb::dict>(member));
    } else {
        arguments["data"] = member;
    }
    const nb::object shape = taken(arguments, "shape");
    const nb::object dtype = taken(arguments, "dtype");
    const nb::object data = taken(arguments, "data");
    return std::make_shared<const DatasetToMake>(shape, dtype, data, arguments);
}

bool is_tuple_of_integers(nb::handle value) {
    if (!PyTuple_CheckExact(value.ptr())) {
        return false;
    }
    const auto tuple = nb::borrow<nb::tuple>(value);
    return std::all_of(tuple.begin(), tuple.end(), [](nb::handle each) {
        return PyLong_CheckExact(each.ptr()) != 0;
    });
}

/// Whether two arguments mean the same. Lists, dicts and arrays may have changed since, and dtypes
/// are equal to those with other metadata.
bool is_same_argument(nb::handle a, nb::handle b) {
    if (a.is(b)) {
        return !PyList_Check(a.ptr()) && !PyDict_Check(a.ptr()) && !PyObject_CheckBuffer(a.ptr());
    }
    const bool comparable = (PyUnicode_CheckExact(a.ptr()) && PyUnicode_CheckExact(b.ptr())) ||
                            (is_tuple_of_integers(a) && is_tuple_of_integers(b));
    return comparable && a.equal(b);
}

/// Whether two members are dicts of the same arguments. Data are each member's own.
bool are_alike(nb::handle a, nb::handle b) {
    if (!a.is_valid() || !PyDict_CheckExact(a.ptr()) || !PyDict_CheckExact(b.ptr()) ||
        PyDict_GET_SIZE(a.ptr()) != PyDict_GET_SIZE(b.ptr())) {
        return false;
    }
    const auto others = nb::borrow<nb::dict>(b);
    if (others.contains("data")) {
        return false;
    }
    for (const auto [name, value] : nb::borrow<nb::dict>(a)) {
        if (!others.contains(name) || !is_same_argument(value, others[name])) {
            return false;
        }
    }
    return true;
}

// Members that are alike, one after the other, share what their arguments were converted to.
std::vector<NamedDataset> datasets_to_make(nb::handle members, nb::handle keywords) {
    std::vector<NamedDataset> datasets;
    datasets.reserve(nb::len(members));
    nb::object last;
    for (const nb::handle item : nb::object(members.attr("items")())) {
        const auto pair = nb::cast<nb::tuple>(item);
        if (nb::object(pair[0]).is_none()) {
            throw nb::type_error("Datasets that are created together need names");
        }
        const nb::object member = pair[1];
        std::string name = encode_name(pair[0]);
        if (are_alike(last, member)) {
            datasets.push_back({std::move(name), datasets.back().dataset});
            continue;
        }
        datasets.push_back({std::move(name), dataset_to_make(member, keywords)});
        last = PyDict_Check(member.ptr()) ? nb::object(member.attr("copy")()) : nb::object();
    }
    return datasets;
}

}  // namespace

void make_datasets(const ObjectID& location, nb::handle members, nb::handle keywords) {
    const std::vector<NamedDataset> datasets = datasets_to_make(members, keywords);
    in_one_step([&] {
        std::uint64_t bytes = 0;
        if (engine::ProgressReport::is_wanted(engine::ProgressKind::writing)) {
            for (const NamedDataset& each : datasets) {
                bytes += each.dataset->bytes();
            }
        }
        engine::ProgressReport report(engine::ProgressKind::writing, bytes);
        object::NamesTogether made(location.id());
        for (const NamedDataset& each : datasets) {
            each.dataset->make(location.id(), each.name);
            made.add(each.name);
        }
        made.keep();
        report.finish();
    });
}

}  // namespace hyperslab::python
