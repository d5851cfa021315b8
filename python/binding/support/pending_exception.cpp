#include "support/pending_exception.hpp"

#include "support/binding.hpp"

namespace hyperslab::python {
namespace {

// The first exception of a call is the one that explains it; later ones follow from it.
thread_local PyObject* kept = nullptr;

}  // namespace

void keep_pending_exception() {
    PyObject* type = nullptr;
    PyObject* value = nullptr;
    PyObject* traceback = nullptr;
    PyErr_Fetch(&type, &value, &traceback);
    if (type == nullptr) {
        return;
    }
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback != nullptr) {
        PyException_SetTraceback(value, traceback);
    }
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    if (kept == nullptr) {
        kept = value;
    } else {
        Py_XDECREF(value);
    }
}

bool raise_pending_exception() {
    PyObject* const value = std::exchange(kept, nullptr);
    if (value == nullptr) {
        return false;
    }
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(value)), value);
    Py_DECREF(value);
    return true;
}

}  // namespace hyperslab::python
