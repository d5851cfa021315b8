// What every file of the binding needs: nanobind, and the form of names.
//
// A binding function parses, calls one function of the C++ library, and wraps the result. What it
// knows of HDF5 is the hdf5 room's headers, never hdf5.h.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <optional>
#include <string>

#include "support/gil.hpp"

namespace nb = nanobind;

namespace hyperslab::python {

/// A name as libhdf5 takes it. In Python it is bytes only, as in h5py's low level.
struct ByteString {
    std::string value;

    const char* c_str() const { return value.c_str(); }
};

/// Bytes from a C++ string.
inline nb::bytes to_bytes(const std::string& text) { return nb::bytes(text.data(), text.size()); }

/// The comparisons that a class does not have. They are there, as in classes made by Cython.
template <class Class>
void bind_no_order(Class& bound) {
    for (const char* name : {"__lt__", "__le__", "__gt__", "__ge__"}) {
        bound.def(
            name,
            [](nb::handle, nb::handle) { return nb::borrow(Py_NotImplemented); },
            nb::arg("other").none());
    }
}

/// Runs C++ code without the interpreter's lock. The code must not touch Python.
template <class Function>
auto without_gil(Function&& function) {
    const GilReleased released;
    return function();
}

/// Whether Python takes an object for true.
bool truth_of(nb::handle object);

/// An object as an int, as indexing takes it. TypeError for what is no integer.
nb::object index_object(nb::handle object);

/// The submodule that backs hyperslab.<name>; its classes say that they live there.
nb::module_ low_level_module(nb::module_& core, const char* name);

}  // namespace hyperslab::python

namespace nanobind::detail {

template <>
struct type_caster<hyperslab::python::ByteString> {
    NB_TYPE_CASTER(hyperslab::python::ByteString, const_name("bytes"))

    bool from_python(handle source, uint32_t, cleanup_list*) noexcept {
        char* data = nullptr;
        Py_ssize_t size = 0;
        if (!PyBytes_Check(source.ptr()) ||
            PyBytes_AsStringAndSize(source.ptr(), &data, &size) != 0) {
            PyErr_Clear();
            return false;
        }
        value.value.assign(data, static_cast<std::size_t>(size));
        return true;
    }
    static handle from_cpp(const hyperslab::python::ByteString& source,
                           rv_policy,
                           cleanup_list*) noexcept {
        return PyBytes_FromStringAndSize(source.value.data(),
                                         static_cast<Py_ssize_t>(source.value.size()));
    }
};

}  // namespace nanobind::detail
