#include "elements/written_value.hpp"

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/new_object_array.hpp"
#include "elements/outer_shape.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

nb::object contiguous(nb::handle value, nb::handle dtype) {
    return numpy().asarray(value, nb::arg("dtype") = dtype, nb::arg("order") = "C");
}

bool is_type(nb::handle object, PyTypeObject& type) {
    return object.is(reinterpret_cast<PyObject*>(&type));
}

/// The element dtype of variable-length sequences that are no strings, or null.
nb::object sequence_dtype(nb::handle dtype) {
    const nb::object vlen = dtype_metadata(dtype, "vlen");
    const bool string = !vlen.is_valid() || vlen.is_none() || is_type(vlen, PyUnicode_Type) ||
                        is_type(vlen, PyBytes_Type);
    return string ? nb::object() : to_dtype(vlen);
}

nb::object object_array(std::size_t count) { return empty_array({count}, numpy().dtype("O")); }

// Rows of an array of numbers are the sequences; one row alone is one sequence.
nb::object rows_as_sequences(nb::handle array) {
    const Shape shape = ArrayView(array).shape();
    if (shape.size() <= 1) {
        nb::object one = object_array(1);
        one[0] = array;
        return one;
    }
    const Shape outer(shape.begin(), shape.end() - 1);
    const auto count = static_cast<std::size_t>(element_count(outer));
    const nb::object rows = array.attr("reshape")(nb::make_tuple(count, shape.back()));
    nb::object sequences = object_array(count);
    for (std::size_t i = 0; i < count; ++i) {
        sequences[i] = nb::object(rows[i]);
    }
    return sequences.attr("reshape")(tuple_from_shape(outer));
}

// Lists of lists of different lengths.
nb::object sequences_one_by_one(nb::handle value, nb::handle element_dtype) {
    nb::list arrays;
    for (const nb::handle item : value) {
        arrays.append(numpy().module.attr("array")(item, nb::arg("dtype") = element_dtype));
    }
    nb::object sequences = object_array(nb::len(arrays));
    for (std::size_t i = 0; i < nb::len(arrays); ++i) {
        sequences[i] = nb::object(arrays[i]);
    }
    return sequences;
}

bool is_conversion_failure(const nb::python_error& error) {
    return error.matches(PyExc_ValueError) || error.matches(PyExc_TypeError);
}

nb::object sequence_values(nb::handle value, nb::handle element_dtype) {
    nb::object array;
    try {
        array = numpy().asarray(value, nb::arg("dtype") = element_dtype);
    } catch (const nb::python_error& error) {
        if (!is_conversion_failure(error)) {
            throw;
        }
        return is_array(value) && dtype_has_objects(nb::object(value.attr("dtype")))
                   ? contiguous(value, nb::none())
                   : sequences_one_by_one(value, element_dtype);
    }
    return rows_as_sequences(array);
}

// Encodes texts as UTF-8 for a dataset of fixed-length strings, because NumPy itself only takes
// ASCII.
nb::object encoded_texts(nb::handle value, nb::handle dtype) {
    const nb::object texts = contiguous(value, numpy().dtype("O"));
    nb::list encoded;
    for (const nb::handle text : nb::object(texts.attr("flat"))) {
        encoded.append(text.attr("encode")("utf-8"));
    }
    return numpy()
        .module.attr("array")(encoded, nb::arg("dtype") = dtype)
        .attr("reshape")(nb::object(texts.attr("shape")));
}

bool takes_texts(nb::handle dtype, nb::handle value) {
    if (dtype_kind(dtype) != 'S') {
        return false;
    }
    const nb::object encoding = dtype_metadata(dtype, "h5py_encoding");
    return encoding.is_valid() && encoding.equal(nb::str("utf-8")) &&
           is_type(find_item_type(value), PyUnicode_Type);
}

bool is_record(nb::handle value) {
    return is_array(value) && dtype_kind(nb::object(value.attr("dtype"))) == 'V';
}

nb::object field_dtype(nb::handle dtype, nb::handle name) {
    const nb::object fields = dtype.attr("fields");
    if (!nb::cast<bool>(fields.attr("__contains__")(name))) {
        throw nb::value_error(
            ("No such field for indexing: " + nb::cast<std::string>(nb::str(name))).c_str());
    }
    return fields[name][0];
}

bool has_fields(nb::handle dtype) { return !nb::object(dtype.attr("names")).is_none(); }

void require_fields(nb::handle dtype, const std::vector<nb::object>& names) {
    if (!has_fields(dtype)) {
        throw nb::type_error("Illegal slicing argument (not a compound dataset)");
    }
    std::string missing;
    for (const nb::object& name : names) {
        if (!nb::cast<bool>(nb::object(dtype.attr("fields")).attr("__contains__")(name))) {
            missing += (missing.empty() ? "\"" : ", \"") + nb::cast<std::string>(name) + "\"";
        }
    }
    if (!missing.empty()) {
        throw nb::value_error(
            ("Illegal slicing argument (fields " + missing + " not in dataset type)").c_str());
    }
}

/// The value as an array, converted only where libhdf5 could not.
nb::object value_array(nb::handle dtype, const std::vector<nb::object>& names, nb::handle value) {
    // A value for one field alone follows the rules of a dataset of the field's type.
    const bool alone = names.size() == 1 && has_fields(dtype) && !is_record(value);
    const nb::object whole = alone ? field_dtype(dtype, names.front()) : nb::borrow(dtype);
    if (const nb::object element = sequence_dtype(whole); element.is_valid()) {
        return sequence_values(value, element);
    }
    const char kind = dtype_kind(dtype);
    const bool plain_subtype = nb::object(dtype.attr("subdtype")).is_none();
    if (kind == 'O' || (kind == 'V' && !is_record(value) && plain_subtype)) {
        const bool one_field = names.size() == 1 && has_fields(dtype);
        const nb::object wanted = one_field ? field_dtype(dtype, names.front()) : nb::borrow(dtype);
        if (is_array(value) && dtype_kind(nb::object(value.attr("dtype"))) == 'T') {
            return contiguous(value, nb::none());
        }
        return contiguous(value, nb::object(wanted.attr("base")));
    }
    if (takes_texts(dtype, value)) {
        return encoded_texts(value, dtype);
    }
    return contiguous(value, is_array(value) ? nb::none() : nb::object(dtype.attr("base")));
}

// A dtype whose elements are small arrays takes arrays whose last dimensions are those of an
// element.
WrittenValue array_elements(DatasetID& dataset, const nb::object& array, nb::handle subdtype) {
    const Shape element = shape_from_tuple(nb::object(subdtype[1]), "shape");
    const Shape shape = ArrayView(array).shape();
    const std::optional<Shape> outer = outer_shape(shape, element);
    if (!outer) {
        const Shape last(
            shape.end() - static_cast<std::ptrdiff_t>(std::min(shape.size(), element.size())),
            shape.end());
        throw nb::type_error(("When writing to array types, last N dimensions have to match (got " +
                              to_string(last) + ", but should be " + to_string(element) + ")")
                                 .c_str());
    }
    const nb::object dtype =
        numpy().dtype(nb::make_tuple(nb::object(array.attr("dtype")), nb::object(subdtype[1])));
    return {array, MemoryLayout(dtype, dataset.open().type()), *outer};
}

// Field values alone; the dimensions of an array field are not the dataset's.
WrittenValue one_field(DatasetID& dataset, const nb::object& array, nb::handle name) {
    const nb::object field = field_dtype(dataset.dtype(), name);
    nb::object dtype = array.attr("dtype");
    Shape shape = ArrayView(array).shape();
    const nb::object subdtype = field.attr("subdtype");
    if (!subdtype.is_none()) {
        const Shape element = shape_from_tuple(nb::object(subdtype[1]), "shape");
        const std::optional<Shape> outer = outer_shape(shape, element);
        if (!outer) {
            throw nb::type_error(("The last dimensions must be " + to_string(element) +
                                  ", those of the field '" + nb::cast<std::string>(name) + "'")
                                     .c_str());
        }
        dtype = numpy().dtype(nb::make_tuple(dtype, nb::object(subdtype[1])));
        shape = *outer;
    }
    return {array,
            MemoryLayout::of_field(nb::cast<std::string>(name), dtype, dataset.open().type()),
            shape};
}

// Only the fields that were asked for are written of a record array; they keep their places in
// memory.
WrittenValue some_fields(DatasetID& dataset,
                         const nb::object& array,
                         const std::vector<nb::object>& names) {
    const nb::object source = array.attr("dtype");
    nb::list kept;
    nb::list formats;
    nb::list offsets;
    for (const nb::handle name : nb::object(source.attr("names"))) {
        for (const nb::object& wanted : names) {
            if (wanted.equal(name)) {
                const nb::object field = nb::object(source.attr("fields"))[name];
                kept.append(name);
                formats.append(nb::object(field[0]));
                offsets.append(nb::object(field[1]));
            }
        }
    }
    nb::dict description;
    description["names"] = kept;
    description["formats"] = formats;
    description["offsets"] = offsets;
    description["itemsize"] = dtype_itemsize(source);
    const nb::object dtype = numpy().dtype(description);
    return {array, MemoryLayout(dtype, dataset.open().type()), ArrayView(array).shape()};
}

}  // namespace

WrittenValue make_written_value(DatasetID& dataset,
                                const std::vector<nb::object>& names,
                                nb::handle value) {
    const nb::handle dtype = dataset.dtype();
    nb::object array = value_array(dtype, names, value);
    const nb::object subdtype = dtype.attr("subdtype");
    if (!subdtype.is_none()) {
        return array_elements(dataset, array, subdtype);
    }
    if (!names.empty()) {
        require_fields(dtype, names);
        if (names.size() == 1 && !has_fields(nb::object(array.attr("dtype")))) {
            return one_field(dataset, array, names.front());
        }
        return some_fields(dataset, array, names);
    }
    const Shape shape = ArrayView(array).shape();
    if (dtype_kind(nb::object(array.attr("dtype"))) == 'T') {
        return {array.attr("astype")("O"), MemoryLayout::of_text(), shape};
    }
    MemoryLayout layout(nb::object(array.attr("dtype")), dataset.open().type());
    return {std::move(array), std::move(layout), shape};
}

}  // namespace hyperslab::python
