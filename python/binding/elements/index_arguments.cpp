#include "elements/index_arguments.hpp"

#include <limits>
#include <optional>

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "dtypes/reference.hpp"

namespace hyperslab::python {
namespace {

struct Classes {
    nb::object multi_block_slice;
    nb::object selection;
};

// The classes are never destroyed, because the interpreter ends before static objects are
// destroyed.
Classes& index_classes = *new Classes;

bool is_a(nb::handle object, const nb::object& type) {
    return type.is_valid() &&
           PyObject_TypeCheck(object.ptr(), reinterpret_cast<PyTypeObject*>(type.ptr())) != 0;
}

// A number too large for any axis is out of range on each; where exactly does not matter.
std::int64_t clamped(PyObject* number) {
    int overflow = 0;
    const long long value = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (value == -1 && overflow == 0 && PyErr_Occurred() != nullptr) {
        throw nb::python_error();
    }
    return overflow > 0   ? std::numeric_limits<std::int64_t>::max()
           : overflow < 0 ? std::numeric_limits<std::int64_t>::min()
                          : value;
}

Slice slice_index(nb::handle slice) {
    Py_ssize_t start = 0;
    Py_ssize_t stop = 0;
    Py_ssize_t step = 0;
    if (PySlice_Unpack(slice.ptr(), &start, &stop, &step) != 0) {
        throw nb::python_error();
    }
    return {start, stop, step};
}

MultiBlock multi_block_index(nb::handle slice) {
    const nb::object count = slice.attr("count");
    return {nb::cast<std::uint64_t>(slice.attr("start")),
            nb::cast<std::uint64_t>(slice.attr("stride")),
            count.is_none() ? std::nullopt : std::optional(nb::cast<std::uint64_t>(count)),
            nb::cast<std::uint64_t>(slice.attr("block"))};
}

nb::object one_dimensional_array(nb::handle object) {
    const bool array = is_array(object);
    nb::object values = array ? nb::borrow(object) : numpy().asarray(object);
    if (ArrayView(values).ndim() != 1) {
        const std::string what =
            object.is_none() ? "None (newaxis)" : nb::cast<std::string>(nb::repr(object));
        throw nb::type_error(array ? "Only 1D arrays allowed for fancy indexing"
                                   : ("Selection can't process " + what).c_str());
    }
    return values;
}

// A mask's booleans as the bytes that they are.
nb::object mask_bytes(nb::handle mask) { return as_contiguous(mask, "?").attr("view")("u1"); }

AxisMask axis_mask(nb::handle array) {
    const nb::object bytes = mask_bytes(array);
    const ArrayView view(bytes);
    const auto* const values = static_cast<const std::uint8_t*>(view.data());
    return {std::vector<std::uint8_t>(values, values + view.size())};
}

// Unsigned positions beyond the signed range stay beyond every axis.
IndexList position_list(nb::handle array) {
    const bool is_unsigned = dtype_kind(array.attr("dtype")) == 'u';
    const nb::object values = as_contiguous(array, is_unsigned ? "u8" : "i8");
    const ArrayView view(values);
    if (is_unsigned) {
        const auto* const from = static_cast<const std::uint64_t*>(view.data());
        return indices(std::span(from, view.size()));
    }
    const auto* const from = static_cast<const std::int64_t*>(view.data());
    return {std::vector<std::int64_t>(from, from + view.size())};
}

void add_array(IndexExpression& expression, nb::handle object) {
    const nb::object array = one_dimensional_array(object);
    switch (dtype_kind(array.attr("dtype"))) {
        case 'b':
            expression.push_back(axis_mask(array));
            return;
        case 'i':
        case 'u':
            expression.push_back(position_list(array));
            return;
        default:
            break;
    }
    if (ArrayView(array).size() == 0 && !is_array(object)) {
        expression.push_back(IndexList{});  // NumPy makes an empty list an array of floats
        return;
    }
    throw nb::type_error("Indexing arrays must have integer dtypes");
}

void add_index(IndexExpression& expression, nb::handle argument) {
    PyObject* const object = argument.ptr();
    if (PyLong_Check(object)) {
        expression.push_back(At{clamped(object)});
    } else if (PySlice_Check(object)) {
        expression.push_back(slice_index(argument));
    } else if (object == Py_Ellipsis) {
        expression.push_back(Ellipsis{});
    } else if (nb::object number = nb::steal(PyNumber_Index(object)); number.is_valid()) {
        expression.push_back(At{clamped(number.ptr())});
    } else {
        if (!PyErr_ExceptionMatches(PyExc_TypeError)) {
            throw nb::python_error();
        }
        PyErr_Clear();
        if (is_a(argument, index_classes.multi_block_slice)) {
            expression.push_back(multi_block_index(argument));
        } else {
            add_array(expression, argument);
        }
    }
}

// The index that an argument is which stands alone. An expression is made in place, because every
// small read passes here.
void set_single_index(ElementIndex& index, nb::handle argument) {
    PyObject* const object = argument.ptr();
    if (PyLong_Check(object) || PySlice_Check(object)) {
        add_index(std::get<IndexExpression>(index), argument);
    } else if (object == Py_Ellipsis) {
        index = OnlyEllipsis{};
    } else if (is_array(argument) && dtype_kind(argument.attr("dtype")) == 'b') {
        index = MaskIndex{nb::borrow(argument)};
    } else if (nb::isinstance<RegionReference>(argument) ||
               nb::isinstance<StandardReference>(argument)) {
        index = RegionIndex{nb::borrow(argument)};
    } else if (is_a(argument, index_classes.selection)) {
        index = SelectionIndex{nb::borrow(argument)};
    } else {
        add_index(std::get<IndexExpression>(index), argument);
    }
}

Selection resolve_mask(nb::handle mask, const Shape& extent) {
    const Shape shape = ArrayView(mask).shape();
    if (shape == extent && !extent.empty()) {
        const nb::object bytes = mask_bytes(mask);
        const ArrayView view(bytes);
        return Selection::from_mask(extent,
                                    {static_cast<const std::uint8_t*>(view.data()), view.size()});
    }
    if (extent.empty() || shape != Shape{extent.front()}) {
        throw nb::type_error("Boolean indexing array has incompatible shape");
    }
    IndexExpression expression;
    expression.push_back(axis_mask(mask));
    return resolve(expression, extent);
}

}  // namespace

void set_index_classes(nb::handle multi_block_slice, nb::handle selection) {
    index_classes = {nb::borrow(multi_block_slice), nb::borrow(selection)};
}

IndexArguments parse_index(nb::handle args) {
    IndexArguments arguments;
    if (PyUnicode_Check(args.ptr())) {
        arguments.names.push_back(nb::borrow(args));
        arguments.index = NoIndex{};
        return arguments;
    }
    if (!PyTuple_Check(args.ptr())) {
        set_single_index(arguments.index, args);
        return arguments;
    }
    const Py_ssize_t size = PyTuple_GET_SIZE(args.ptr());
    Py_ssize_t positions = 0;
    for (Py_ssize_t i = 0; i < size; ++i) {
        positions += PyUnicode_Check(PyTuple_GET_ITEM(args.ptr(), i)) == 0 ? 1 : 0;
    }
    if (positions == 0) {
        arguments.index = NoIndex{};
    }
    for (Py_ssize_t i = 0; i < size; ++i) {
        const nb::handle argument = PyTuple_GET_ITEM(args.ptr(), i);
        if (PyUnicode_Check(argument.ptr())) {
            arguments.names.push_back(nb::borrow(argument));
        } else if (positions == 1) {
            set_single_index(arguments.index, argument);
        } else {
            add_index(std::get<IndexExpression>(arguments.index), argument);
        }
    }
    return arguments;
}

IndexArguments parse_selection(nb::handle args) {
    IndexArguments arguments = parse_index(args);
    if (!arguments.names.empty()) {
        const nb::object& name = arguments.names.front();
        throw nb::type_error(
            ("Selection can't process " + nb::cast<std::string>(nb::repr(name))).c_str());
    }
    return arguments;
}

Selection resolve_index(const IndexArguments& arguments, const Shape& extent) {
    if (const auto* const mask = arguments.get_if<MaskIndex>()) {
        return resolve_mask(mask->array, extent);
    }
    if (const auto* const expression = arguments.get_if<IndexExpression>()) {
        return resolve(*expression, extent);
    }
    return resolve(IndexExpression{}, extent);
}

}  // namespace hyperslab::python
