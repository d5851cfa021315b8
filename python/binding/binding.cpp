#include "binding.hpp"

#include "integer_argument.hpp"

namespace hyperslab::python {

bool truth_of(nb::handle object) {
    const int truth = PyObject_IsTrue(object.ptr());
    if (truth < 0) {
        throw nb::python_error();
    }
    return truth == 1;
}

nb::object index_object(nb::handle object) {
    nb::object number = nb::steal(PyNumber_Index(object.ptr()));
    if (!number.is_valid()) {
        throw nb::python_error();
    }
    return number;
}

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

nb::module_ low_level_module(nb::module_& core, const char* name) {
    nb::module_ module_ = core.def_submodule(name);
    const std::string package =
        nb::cast<std::string>(core.attr("__name__").attr("rpartition")(".")[0]);
    module_.attr("__name__") = package + "." + name;
    return module_;
}

}  // namespace hyperslab::python
