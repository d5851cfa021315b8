#include "high_level/plain_scalar.hpp"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "dtypes/numpy_api.hpp"
#include "hdf5/api/h5a.hpp"

namespace hyperslab::python {
namespace {

using Type = std::shared_ptr<const CreationType>;

// A text with a NUL ends early in HDF5; one that is no UTF-8 may be stored all the same.
std::optional<std::string> plain_text(nb::handle value) {
    Py_ssize_t size = 0;
    const char* const text = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
    if (text == nullptr) {
        PyErr_Clear();
        return std::nullopt;
    }
    const std::string_view found(text, static_cast<std::size_t>(size));
    return found.find('\0') == std::string_view::npos ? std::optional(std::string(found))
                                                      : std::nullopt;
}

std::optional<std::int64_t> plain_int(nb::handle value) {
    int overflow = 0;
    const std::int64_t number = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
    return overflow == 0 ? std::optional(number) : std::nullopt;
}

}  // namespace

PlainScalar::PlainScalar(Type type, const void* number, std::size_t size) : type_(std::move(type)) {
    std::memcpy(number_.data(), number, size);
}

PlainScalar::PlainScalar(Type type, std::string text)
    : type_(std::move(type)), text_(std::move(text)) {}

std::optional<PlainScalar> PlainScalar::of(nb::handle value) {
    PyObject* const object = value.ptr();
    if (PyFloat_CheckExact(object)) {
        const double number = PyFloat_AS_DOUBLE(object);
        return PlainScalar(creation_type(numpy().of_float), &number, sizeof number);
    }
    if (PyBool_Check(object)) {
        const auto number = static_cast<std::int8_t>(object == Py_True);
        return PlainScalar(creation_type(numpy().of_bool), &number, sizeof number);
    }
    if (PyLong_CheckExact(object)) {
        if (const auto number = plain_int(value)) {
            return PlainScalar(creation_type(numpy().of_int), &*number, sizeof *number);
        }
    }
    if (PyUnicode_CheckExact(object)) {
        if (auto text = plain_text(value)) {
            return PlainScalar(creation_type(numpy().of_text), *std::move(text));
        }
    }
    return std::nullopt;
}

void PlainScalar::write(hdf5::Id attribute) const {
    const char* const text = text_ ? text_->c_str() : nullptr;
    const void* const element = text_ ? static_cast<const void*>(&text) : number_.data();
    hdf5::h5a::write(attribute, type_->id(), element);
}

}  // namespace hyperslab::python
