#include "high_level/creation_arguments.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "ids/prop_id.hpp"
#include "support/config.hpp"
#include "support/integer_argument.hpp"
#include "support/names.hpp"

namespace hyperslab::python {
namespace {

// The keywords of create_dataset, without shape, dtype and data.
constexpr std::array<std::string_view, 21> kKeywords{
    "chunks",      "compression",      "shuffle",        "fletcher32",
    "maxshape",    "compression_opts", "fillvalue",      "scaleoffset",
    "track_times", "external",         "track_order",    "dcpl",
    "dapl",        "efile_prefix",     "virtual_prefix", "allow_unknown_filter",
    "rdcc_nslots", "rdcc_nbytes",      "rdcc_w0",        "fill_time",
    "alloc_time",
};

// The value of a keyword; null when absent or None.
nb::object given(nb::handle keywords, const char* name) {
    PyObject* const value = PyDict_GetItemString(keywords.ptr(), name);
    return value == nullptr || value == Py_None ? nb::object() : nb::borrow(value);
}

void require_known(nb::handle keywords) {
    for (const auto [key, value] : nb::borrow<nb::dict>(keywords)) {
        const auto name = nb::cast<std::string>(key);
        if (std::find(kKeywords.begin(), kKeywords.end(), name) == kKeywords.end()) {
            throw nb::type_error(
                ("create_dataset() got an unexpected keyword argument '" + name + "'").c_str());
        }
    }
}

bool is_plain_integer(nb::handle value) {
    return PyLong_Check(value.ptr()) && !PyBool_Check(value.ptr());
}

Shape unlimited_shape(nb::handle limits) {
    Shape shape;
    for (const nb::handle limit : limits) {
        shape.push_back(limit.is_none() ? kUnlimited : integer_argument<std::uint64_t>(limit));
    }
    return shape;
}

bool is_iterable(nb::handle value) { return nb::hasattr(value, "__iter__"); }

void parse_max_shape(CreationArguments& arguments,
                     const std::optional<Shape>& shape,
                     nb::handle keywords) {
    const nb::object limits = given(keywords, "maxshape");
    if (!limits.is_valid()) {
        return;
    }
    if (limits.is(Py_True)) {
        arguments.options.max_shape = Shape(shape ? shape->size() : 0, kUnlimited);
    } else if (is_plain_integer(limits)) {
        arguments.options.max_shape = Shape{integer_argument<std::uint64_t>(limits)};
    } else if (is_iterable(limits)) {
        arguments.options.max_shape = unlimited_shape(limits);
    } else {
        throw nb::type_error("'maxshape' argument must be None or a sequence object");
    }
}

void parse_chunks(CreationArguments& arguments,
                  const std::optional<Shape>& shape,
                  nb::handle keywords) {
    const nb::object chunks = given(keywords, "chunks");
    if (!chunks.is_valid()) {
        return;
    }
    if (chunks.is(Py_True)) {
        arguments.options.guess_chunks = true;
    } else if (chunks.is(Py_False)) {
        const DatasetOptions& o = arguments.options;
        if (!o.filters.empty() || (o.max_shape && !o.max_shape->empty())) {
            throw nb::value_error("Chunked format required for given storage options");
        }
    } else if (is_plain_integer(chunks)) {
        arguments.options.chunks = {integer_argument<std::uint64_t>(chunks)};
    } else if (is_iterable(chunks)) {
        arguments.options.chunks = shape_argument(chunks);
        if (arguments.options.chunks.empty() && shape && !shape->empty()) {
            throw nb::value_error("'chunks' must have same rank as dataset shape");
        }
    } else {
        throw nb::type_error("'chunks' argument must be None or a sequence object");
    }
}

// The fill value becomes one element of its own type. A string does not get the length of the
// dataset's strings, so that nothing is cut before libhdf5 converts it.
void parse_fill_value(CreationArguments& arguments, nb::handle dtype, nb::handle keywords) {
    const nb::object value = given(keywords, "fillvalue");
    if (!value.is_valid()) {
        return;
    }
    const Datatype type = type_from_dtype(dtype, true);
    nb::object array;
    Datatype file_type = type;
    if (type.type_class() == TypeClass::string) {
        array = numpy().module.attr("array")(value, nb::arg("dtype") = "O");
        file_type = Datatype::variable_string(type.character_set());
    } else if (dtype_has_objects(dtype)) {
        array = numpy().module.attr("array")(value, nb::arg("dtype") = dtype);
    } else {
        array = numpy().module.attr("array")(value);
        file_type = type_from_dtype(nb::object(array.attr("dtype")), false);
    }
    const ArrayView view(array);
    if (view.size() != 1) {
        throw nb::type_error("The fill value must be one element");
    }
    const ElementLayout layout = make_element_layout(nb::object(array.attr("dtype")), file_type);
    if (has_standard_references(layout)) {
        throw nb::type_error("A standard reference cannot be a fill value");
    }
    FillValue fill{layout.c_type, std::vector<std::byte>(layout.c_type.size())};
    if (layout.direct) {
        std::memcpy(fill.bytes.data(), view.data(), fill.bytes.size());
    } else {
        MemoryLayout(nb::object(array.attr("dtype")), file_type)
            .from_numpy(
                static_cast<const std::byte*>(view.data()), fill.bytes.data(), arguments.keep);
    }
    arguments.keep.objects.push_back(array);
    arguments.options.fill_value = std::move(fill);
}

void parse_fill_time(DatasetOptions& options, nb::handle keywords) {
    const nb::object value = given(keywords, "fill_time");
    if (!value.is_valid()) {
        return;
    }
    const auto name = nb::cast<std::string>(nb::str(value));
    if (name == "alloc") {
        options.fill_time = FillTime::allocation;
    } else if (name == "never") {
        options.fill_time = FillTime::never;
    } else if (name == "ifset") {
        options.fill_time = FillTime::if_set;
    } else {
        throw nb::value_error(("fill_time must be one of the following choices: 'alloc', 'never' "
                               "or 'ifset', but it is " +
                               name + ".")
                                  .c_str());
    }
}

void parse_alloc_time(DatasetOptions& options, nb::handle keywords) {
    const nb::object value = given(keywords, "alloc_time");
    if (!value.is_valid()) {
        return;
    }
    const auto name = nb::cast<std::string>(nb::str(value));
    if (name == "default") {
        options.allocation_time = AllocationTime::automatic;
    } else if (name == "early") {
        options.allocation_time = AllocationTime::early;
    } else if (name == "incr") {
        options.allocation_time = AllocationTime::incremental;
    } else if (name == "late") {
        options.allocation_time = AllocationTime::late;
    } else {
        throw nb::value_error(("alloc_time must be one of the following choices: 'default', "
                               "'early', 'incr' or 'late', but it is " +
                               name + ".")
                                  .c_str());
    }
}

void parse_tracking(DatasetOptions& options, nb::handle keywords) {
    if (const nb::object times = given(keywords, "track_times"); times.is_valid()) {
        options.track_times = true_or_false(times, "track_times must be either True or False");
    }
    if (const nb::object order = given(keywords, "track_order"); order.is_valid()) {
        if (!PyBool_Check(order.ptr())) {
            throw nb::type_error("track_order must be either True or False");
        }
        options.track_attribute_order = order.is(Py_True);
    } else if (PyDict_GetItemString(keywords.ptr(), "track_order") == nullptr) {
        options.track_attribute_order = config().track_order;
    }
}

std::string path_bytes(nb::handle path) {
    const nb::object encoded = nb::module_::import_("os").attr("fsencode")(path);
    return encode_name(encoded);
}

ExternalFile external_entry(nb::handle entry) {
    if (!PyTuple_Check(entry.ptr())) {
        throw nb::type_error("Each external entry must be a tuple of (name, offset, size)");
    }
    if (nb::len(entry) != 3) {
        throw nb::value_error("Each external entry must be a tuple of (name, offset, size)");
    }
    return {path_bytes(nb::object(entry[0])),
            integer_argument<std::int64_t>(nb::object(entry[1])),
            integer_argument<std::uint64_t>(nb::object(entry[2]))};
}

void parse_external(DatasetOptions& options, nb::handle keywords) {
    const nb::object external = given(keywords, "external");
    if (!external.is_valid()) {
        return;
    }
    const bool one_name = PyUnicode_Check(external.ptr()) || PyBytes_Check(external.ptr()) ||
                          nb::hasattr(external, "__fspath__");
    if (one_name) {
        options.external.push_back({path_bytes(external), 0, kUnlimited});
        return;
    }
    for (const nb::handle entry : external) {
        options.external.push_back(external_entry(entry));
    }
}

std::optional<std::size_t> optional_size(nb::handle keywords, const char* name) {
    const nb::object value = given(keywords, name);
    return value.is_valid() ? std::optional(integer_argument<std::size_t>(value)) : std::nullopt;
}

std::optional<double> optional_number(nb::handle keywords, const char* name) {
    const nb::object value = given(keywords, name);
    return value.is_valid() ? std::optional(real_argument(value)) : std::nullopt;
}

template <class Wrapper>
hdf5::Id plist_argument(nb::handle keywords, const char* name) {
    const nb::object value = given(keywords, name);
    const Wrapper* plist = nullptr;
    if (value.is_valid() && !nb::try_cast(value, plist)) {
        throw nb::type_error(
            ("Argument '" + std::string(name) + "' has incorrect type: a property list is needed")
                .c_str());
    }
    return plist != nullptr ? plist->id() : hdf5::kDefault;
}

}  // namespace

Shape shape_argument(nb::handle shape) {
    if (PyLong_Check(shape.ptr())) {
        return {integer_argument<std::uint64_t>(shape)};
    }
    Shape values;
    for (const nb::handle n : nb::borrow(shape)) {
        values.push_back(integer_argument<std::uint64_t>(n));
    }
    return values;
}

CreationArguments parse_access(nb::handle keywords) {
    CreationArguments arguments;
    DatasetOptions& options = arguments.options;
    options.cache.slots = optional_size(keywords, "rdcc_nslots");
    options.cache.bytes = optional_size(keywords, "rdcc_nbytes");
    options.cache.preemption = optional_number(keywords, "rdcc_w0");
    if (const nb::object prefix = given(keywords, "efile_prefix"); prefix.is_valid()) {
        options.external_prefix = path_bytes(prefix);
    }
    if (const nb::object prefix = given(keywords, "virtual_prefix"); prefix.is_valid()) {
        options.virtual_prefix = path_bytes(prefix);
    }
    arguments.base_dapl = plist_argument<PropDAID>(keywords, "dapl");
    return arguments;
}

CreationArguments parse_creation(const std::optional<Shape>& shape,
                                 nb::handle dtype,
                                 nb::handle keywords) {
    if (PyDict_GET_SIZE(keywords.ptr()) == 0) {
        CreationArguments plain;
        plain.options.track_attribute_order = config().track_order;
        return plain;
    }
    require_known(keywords);
    CreationArguments arguments = parse_access(keywords);
    arguments.base_dcpl = plist_argument<PropDCID>(keywords, "dcpl");
    arguments.options.filters = parse_filters(dtype, keywords);
    parse_max_shape(arguments, shape, keywords);
    parse_chunks(arguments, shape, keywords);
    parse_fill_value(arguments, dtype, keywords);
    parse_fill_time(arguments.options, keywords);
    parse_alloc_time(arguments.options, keywords);
    parse_tracking(arguments.options, keywords);
    parse_external(arguments.options, keywords);
    return arguments;
}

}  // namespace hyperslab::python
