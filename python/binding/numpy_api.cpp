#include "numpy_api.hpp"

#include <cstring>

namespace hyperslab::python {
namespace {

// PyArrayInterface, as NumPy's manual documents it under "The array interface protocol".
struct ArrayInterface {
    int two;
    int ndim;
    char typekind;
    int itemsize;
    int flags;
    std::intptr_t* shape;
    std::intptr_t* strides;
    void* data;
    PyObject* description;
};

nb::object make_array(nb::handle factory, nb::handle shape, nb::handle dtype) {
    PyObject* const arguments[] = {nullptr, shape.ptr(), dtype.ptr()};
    PyObject* const array = PyObject_Vectorcall(
        factory.ptr(), arguments + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, nullptr);
    if (array == nullptr) {
        throw nb::python_error();
    }
    return nb::steal(array);
}

nb::object array_struct(nb::handle array) {
    PyObject* const capsule = PyObject_GetAttr(array.ptr(), numpy().array_struct.ptr());
    if (capsule == nullptr) {
        throw nb::python_error();
    }
    return nb::steal(capsule);
}

const ArrayInterface& interface_in(nb::handle capsule) {
    const auto* view = static_cast<const ArrayInterface*>(
        PyCapsule_GetPointer(capsule.ptr(), PyCapsule_GetName(capsule.ptr())));
    if (view == nullptr) {
        throw nb::python_error();
    }
    return *view;
}

}  // namespace

const NumPy& numpy() {
    // Never destroyed: objects that use it may die after the interpreter's modules have.
    static const NumPy& api = *[] {
        nb::object module_ = nb::module_::import_("numpy");
        return new NumPy{module_,
                         module_.attr("ndarray"),
                         module_.attr("generic"),
                         module_.attr("dtype"),
                         module_.attr("empty"),
                         module_.attr("zeros"),
                         module_.attr("asarray"),
                         nb::steal(PyUnicode_InternFromString("__array_struct__"))};
    }();
    return api;
}

bool is_array(nb::handle object) {
    return PyObject_TypeCheck(object.ptr(),
                              reinterpret_cast<PyTypeObject*>(numpy().ndarray.ptr())) != 0;
}

bool is_dtype(nb::handle object) {
    return PyObject_TypeCheck(object.ptr(), reinterpret_cast<PyTypeObject*>(numpy().dtype.ptr())) !=
           0;
}

nb::object to_dtype(nb::handle description) {
    return is_dtype(description) ? nb::borrow(description) : numpy().dtype(description);
}

nb::object empty_array(const Shape& shape, nb::handle dtype) {
    return make_array(numpy().empty, tuple_from_shape(shape), dtype);
}

// NumPy takes a number for a shape of one dimension, and sooner than a tuple.
nb::object empty_row(std::size_t count, nb::handle dtype, void*& data) {
    const nb::object shape = nb::steal(PyLong_FromSize_t(count));
    nb::object array = make_array(numpy().empty, shape, dtype);
    data = interface_in(array_struct(array)).data;
    return array;
}

nb::object zeros_array(const Shape& shape, nb::handle dtype) {
    return make_array(numpy().zeros, tuple_from_shape(shape), dtype);
}

ArrayView::ArrayView(nb::handle array) {
    if (!is_array(array)) {
        throw nb::type_error("a NumPy array is needed");
    }
    interface_ = array_struct(array);
    const ArrayInterface* const view = &interface_in(interface_);
    data_ = view->data;
    itemsize_ = static_cast<std::size_t>(view->itemsize);
    // NumPy clears the flags of arrays of records here, by mistake.
    flags_ = view->flags != 0 ? view->flags : nb::cast<int>(array.attr("flags").attr("num"));
    const auto ndim = static_cast<std::size_t>(view->ndim);
    shape_ = {view->shape, ndim};
    strides_ = {view->strides, ndim};
}

std::size_t ArrayView::size() const {
    std::size_t count = 1;
    for (const std::intptr_t n : shape_) {
        count *= static_cast<std::size_t>(n);
    }
    return count;
}

Shape ArrayView::shape() const { return Shape(shape_.begin(), shape_.end()); }

nb::object array_of_sizes(std::span<const std::uint64_t> values, const Shape& shape) {
    nb::object array = empty_array(shape, numpy().dtype("u8"));
    std::memcpy(ArrayView(array).data(), values.data(), values.size_bytes());
    return array;
}

nb::object as_contiguous(nb::handle object, const char* dtype) {
    return numpy().asarray(object, nb::arg("dtype") = dtype, nb::arg("order") = "C");
}

}  // namespace hyperslab::python
