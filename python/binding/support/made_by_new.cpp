#include "support/made_by_new.hpp"

#include <exception>
#include <stdexcept>

#include "support/integer_argument.hpp"

namespace hyperslab::python {
namespace {

Py_ssize_t count(PyObject* args, PyObject* kwds) {
    return PyTuple_GET_SIZE(args) + (kwds == nullptr ? 0 : PyDict_GET_SIZE(kwds));
}

}  // namespace

hdf5::Id identifier_number(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    PyObject* number = PyTuple_GET_SIZE(args) == 1 ? PyTuple_GET_ITEM(args, 0) : nullptr;
    if (kwds != nullptr && number == nullptr) {
        number = PyDict_GetItemString(kwds, "id_");
    }
    if (number == nullptr || count(args, kwds) != 1) {
        PyErr_Format(PyExc_TypeError,
                     "%s() takes exactly 1 positional argument (%zd given)",
                     type->tp_name,
                     count(args, kwds));
        throw nb::python_error();
    }
    try {
        return integer_argument<hdf5::Id>(number);
    } catch (const nb::python_error&) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
    } catch (const std::overflow_error& error) {
        PyErr_SetString(PyExc_OverflowError, error.what());
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_TypeError, error.what());
    }
    throw nb::python_error();
}

int accept_arguments(PyObject* /*self*/, PyObject* /*args*/, PyObject* /*kwds*/) { return 0; }

int refuse_arguments(PyObject* self, PyObject* args, PyObject* kwds) {
    if (count(args, kwds) == 0) {
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "%s() takes no arguments", Py_TYPE(self)->tp_name);
    return -1;
}

}  // namespace hyperslab::python
