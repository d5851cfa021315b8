// A Python exception raised inside a callback of libhdf5.
//
// It cannot pass through libhdf5, which only learns that the callback failed. It waits here, on its
// thread, until the failed call is about to be reported, and is raised in place of that report.
#pragma once

#include <Python.h>

namespace hyperslab::python {

/// Takes the exception that is set in the interpreter and keeps it for later.
void keep_pending_exception();

/// Raises the exception that was kept, if there is one.
/// \returns whether there was
bool raise_pending_exception();

/// While this lives, the exception that is set in the interpreter is not: Python can be called from
/// a destructor, which may run while an exception is on its way. The GIL is held.
class ExceptionAside {
public:
    ExceptionAside() { PyErr_Fetch(&type_, &value_, &traceback_); }
    ~ExceptionAside() { PyErr_Restore(type_, value_, traceback_); }
    ExceptionAside(const ExceptionAside&) = delete;
    ExceptionAside& operator=(const ExceptionAside&) = delete;

private:
    PyObject* type_ = nullptr;
    PyObject* value_ = nullptr;
    PyObject* traceback_ = nullptr;
};

}  // namespace hyperslab::python
