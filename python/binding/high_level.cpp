#include "high_level.hpp"

#include "dataset_id.hpp"
#include "group_id.hpp"
#include "hdf5/api/h5i.hpp"
#include "reference.hpp"
#include "type_id.hpp"

namespace hyperslab::python {
namespace {

nb::object call_class(const nb::object& type, nb::handle argument) {
    PyObject* const arguments[] = {nullptr, argument.ptr()};
    PyObject* const made =
        PyObject_Vectorcall(type.ptr(), arguments + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, nullptr);
    if (made == nullptr) {
        throw nb::python_error();
    }
    return nb::steal(made);
}

// libhdf5 would see the name end at a null character, and mean another object.
std::string without_null(const char* text, Py_ssize_t size) {
    std::string name(text, static_cast<std::size_t>(size));
    if (name.contains('\0')) {
        throw nb::value_error("embedded null character in a name");
    }
    return name;
}

// Never destroyed: the interpreter goes before static objects do.
HighLevelClasses& found_classes = *new HighLevelClasses;

}  // namespace

HighLevelClasses& classes() { return found_classes; }

nb::object wrap_object(hdf5::Handle object) {
    switch (hdf5::h5i::kind(object.id())) {
        case hdf5::h5i::Type::dataset:
            return call_class(classes().dataset, nb::cast(DatasetID(std::move(object))));
        case hdf5::h5i::Type::group:
            return call_class(classes().group, nb::cast(GroupID(std::move(object))));
        case hdf5::h5i::Type::datatype:
            return call_class(classes().datatype, wrap_type(std::move(object)));
        default:
            throw nb::type_error("Unknown object type");
    }
}

nb::object low_level(nb::handle object) {
    nb::object found = nb::steal(PyObject_GetAttr(object.ptr(), classes().id.ptr()));
    if (!found.is_valid()) {
        throw nb::python_error();
    }
    return found;
}

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

bool is_empty_object(nb::handle data) { return nb::isinstance(data, classes().empty); }

}  // namespace hyperslab::python
