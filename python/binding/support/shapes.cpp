#include "support/shapes.hpp"

#include "support/integer_argument.hpp"

namespace hyperslab::python {

Shape shape_from_tuple(nb::handle tuple, const char* what) {
    if (!PyTuple_Check(tuple.ptr())) {
        throw nb::value_error((std::string(what) + " must be a tuple.").c_str());
    }
    Shape shape;
    shape.reserve(static_cast<std::size_t>(PyTuple_GET_SIZE(tuple.ptr())));
    for (const nb::handle item : nb::borrow<nb::tuple>(tuple)) {
        shape.push_back(integer_argument<std::uint64_t>(item));
    }
    return shape;
}

nb::tuple tuple_from_shape(const Shape& shape) {
    nb::object tuple = nb::steal(PyTuple_New(static_cast<Py_ssize_t>(shape.size())));
    for (std::size_t d = 0; d < shape.size(); ++d) {
        PyTuple_SET_ITEM(
            tuple.ptr(), static_cast<Py_ssize_t>(d), PyLong_FromUnsignedLongLong(shape[d]));
    }
    return nb::borrow<nb::tuple>(tuple);
}

nb::tuple tuple_from_max_dims(const Shape& shape) {
    nb::object tuple = nb::steal(PyTuple_New(static_cast<Py_ssize_t>(shape.size())));
    for (std::size_t d = 0; d < shape.size(); ++d) {
        const nb::object value = shape[d] == kUnlimited ? nb::none() : nb::cast(shape[d]);
        PyTuple_SET_ITEM(tuple.ptr(), static_cast<Py_ssize_t>(d), value.inc_ref().ptr());
    }
    return nb::borrow<nb::tuple>(tuple);
}

}  // namespace hyperslab::python
