#include "support/names.hpp"

namespace hyperslab::python {
namespace {

// libhdf5 would see the name end at a null character, and mean another object.
std::string without_null(const char* text, Py_ssize_t size) {
    std::string name(text, static_cast<std::size_t>(size));
    if (name.contains('\0')) {
        throw nb::value_error("embedded null character in a name");
    }
    return name;
}

}  // namespace

std::string encode_name(nb::handle name) {
    if (PyUnicode_Check(name.ptr())) {
        Py_ssize_t size = 0;
        const char* const text = PyUnicode_AsUTF8AndSize(name.ptr(), &size);
        if (text == nullptr) {
            throw nb::python_error();
        }
        return without_null(text, size);
    }
    if (PyBytes_Check(name.ptr())) {
        return without_null(PyBytes_AS_STRING(name.ptr()), PyBytes_GET_SIZE(name.ptr()));
    }
    if (name.is_none()) {
        throw nb::type_error("expected bytes, NoneType found: a name should be string or bytes");
    }
    throw nb::type_error(
        ("A name should be string or bytes, not " + nb::cast<std::string>(nb::repr(name.type())))
            .c_str());
}

nb::object decode_name(const std::string& name) {
    const auto size = static_cast<Py_ssize_t>(name.size());
    nb::object text = nb::steal(PyUnicode_DecodeUTF8(name.data(), size, "strict"));
    if (!text.is_valid()) {
        PyErr_Clear();
        return to_bytes(name);
    }
    return text;
}

}  // namespace hyperslab::python
