#include "dtypes/numpy_api.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "core/checked.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "hyperslab/array.hpp"
#include "hyperslab/selection.hpp"
#include "support/shapes.hpp"

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

// The places of PyArray_Zeros and PyArray_Empty in NumPy's table of C functions.
constexpr std::size_t kZeros = 183;
constexpr std::size_t kEmpty = 184;

template <class Function>
Function function_of_abi(std::size_t place) {
    nb::object module_;
    try {
        module_ = nb::module_::import_("numpy._core._multiarray_umath");
    } catch (const nb::python_error&) {  // its name in NumPy 1
        module_ = nb::module_::import_("numpy.core._multiarray_umath");
    }
    auto* const table = static_cast<void**>(
        PyCapsule_GetPointer(nb::object(module_.attr("_ARRAY_API")).ptr(), nullptr));
    if (table == nullptr) {
        throw nb::python_error();
    }
    return reinterpret_cast<Function>(table[place]);
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

// It is never destroyed, because objects that use it may be destroyed after the interpreter's
// modules.
const NumPy* found_numpy = nullptr;

}  // namespace

void find_numpy() {
    nb::object module_ = nb::module_::import_("numpy");
    const nb::object dtype = module_.attr("dtype");
    nb::dict text;
    text["vlen"] = nb::handle(reinterpret_cast<PyObject*>(&PyUnicode_Type));
    found_numpy = new NumPy{module_,
                            module_.attr("ndarray"),
                            module_.attr("generic"),
                            dtype,
                            module_.attr("empty"),
                            module_.attr("zeros"),
                            module_.attr("asarray"),
                            nb::steal(PyUnicode_InternFromString("__array_struct__")),
                            dtype("f8"),
                            dtype("i8"),
                            dtype("?"),
                            dtype("O", nb::arg("metadata") = text),
                            function_of_abi<NumPy::MakeArray>(kZeros),
                            function_of_abi<NumPy::MakeArray>(kEmpty)};
}

const NumPy& numpy() { return *found_numpy; }

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

namespace {

// Makes an array by PyArray_Zeros or PyArray_Empty. NumPy itself refuses a shape that it cannot
// count.
nb::object make_array(NumPy::MakeArray make,
                      nb::handle factory,
                      const Shape& shape,
                      nb::handle dtype) {
    std::array<std::intptr_t, kMaxRank> dims;
    const bool countable =
        shape.size() <= dims.size() && std::ranges::all_of(shape, [](std::uint64_t n) {
            return n <= static_cast<std::uint64_t>(std::numeric_limits<std::intptr_t>::max());
        });
    if (!countable) {
        return make_array(factory, tuple_from_shape(shape), dtype);
    }
    std::ranges::transform(
        shape, dims.begin(), [](std::uint64_t n) { return static_cast<std::intptr_t>(n); });
    PyObject* const array =
        make(static_cast<int>(shape.size()), dims.data(), dtype.inc_ref().ptr(), 0);
    if (array == nullptr) {
        throw nb::python_error();
    }
    return nb::steal(array);
}

}  // namespace

nb::object empty_array(const Shape& shape, nb::handle dtype) {
    return make_array(numpy().make_empty, numpy().empty, shape, dtype);
}

nb::object empty_row(std::size_t count, nb::handle dtype, void*& data) {
    const auto length = static_cast<std::intptr_t>(count);
    PyObject* const array = numpy().make_empty(1, &length, dtype.inc_ref().ptr(), 0);
    if (array == nullptr) {
        throw nb::python_error();
    }
    data = memory_of(array);
    return nb::steal(array);
}

nb::object zeros_array(const Shape& shape, nb::handle dtype) {
    return make_array(numpy().make_zeros, numpy().zeros, shape, dtype);
}

nb::object mapped_zeros_array(const Shape& shape, nb::handle dtype) {
    nb::object array = zeros_array(shape, dtype);
    hyperslab::detail::prefer_large_pages(
        memory_of(array),
        core::checked_size(core::checked_multiply(element_count(shape), dtype_itemsize(dtype))));
    return array;
}

void* memory_of(nb::handle array) {
    void* data = nullptr;
    std::memcpy(
        &data, reinterpret_cast<const std::byte*>(array.ptr()) + sizeof(PyObject), sizeof data);
    return data;
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
