// Translates hyperslab::Error to the exception that h5py raises.

#include "hdf5/api/h5.hpp"
#include "hyperslab/error.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/pending_exception.hpp"

namespace hyperslab::python {
namespace {

PyObject* exception_type(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument:
        case ErrorCode::already_exists:
        case ErrorCode::closed:
            return PyExc_ValueError;
        case ErrorCode::type_mismatch:
            return PyExc_TypeError;
        case ErrorCode::out_of_range:
            return PyExc_IndexError;
        case ErrorCode::not_found:
            return PyExc_KeyError;
        case ErrorCode::io:
            return PyExc_OSError;
        case ErrorCode::unsupported:
            return PyExc_NotImplementedError;
        case ErrorCode::out_of_memory:
            return PyExc_MemoryError;
        case ErrorCode::internal:
            break;
    }
    return PyExc_RuntimeError;
}

// File names in messages are bytes of any kind.
nb::object text_of(const Error& error) {
    const char* what = error.what();
    return nb::steal(
        PyUnicode_DecodeUTF8(what, static_cast<Py_ssize_t>(std::strlen(what)), "replace"));
}

void translate(const std::exception_ptr& thrown, void* /*payload*/) {
    try {
        std::rethrow_exception(thrown);
    } catch (const Error& error) {
        if (raise_pending_exception()) {
            return;
        }
        PyObject* const type = exception_type(error.code());
        if (error.code() == ErrorCode::io && error.system_errno() != 0) {
            // OSError picks its subclass (FileNotFoundError, …) from the number.
            const nb::tuple arguments = nb::make_tuple(error.system_errno(), text_of(error));
            PyErr_SetObject(type, arguments.ptr());
        } else {
            PyErr_SetObject(type, text_of(error).ptr());
        }
    } catch (const nb::cast_error&) {
        PyErr_SetString(PyExc_TypeError, "An argument is of the wrong type, or out of range");
    }
}

}  // namespace

void bind_errors(nb::module_& core) {
    nb::register_exception_translator(translate);

    nb::module_ m = low_level_module(core, "_errors");
    m.def(
        "silence_errors",
        [] { hdf5::set_error_printing(false); },
        "Stop libhdf5 from printing its error stack (the default).");
    m.def(
        "unsilence_errors",
        [] { hdf5::set_error_printing(true); },
        "Let libhdf5 print its error stack to stderr when a call fails.");
}

}  // namespace hyperslab::python
