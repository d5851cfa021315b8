#include "elements/blocks.hpp"

#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::python {
namespace {

// What NumPy looks for, in the type as it does.
bool makes_an_array(nb::handle data) {
    if (PyObject_CheckBuffer(data.ptr()) != 0 || PySequence_Size(data.ptr()) >= 0) {
        return true;
    }
    PyErr_Clear();  // it has no length
    const nb::handle type = data.type();
    for (const char* const name : {"__array__", "__array_interface__", "__array_struct__"}) {
        if (nb::hasattr(type, name)) {
            return true;
        }
    }
    return false;
}

std::string in_block(std::size_t number, const char* message) {
    return "Block " + std::to_string(number) + " of the data: " + message;
}

}  // namespace

bool is_block_iterator(nb::handle data) {
    return PyIter_Check(data.ptr()) != 0 && !makes_an_array(data);
}

nb::object next_block(nb::handle iterator) {
    nb::object block = nb::steal(PyIter_Next(iterator.ptr()));
    if (!block.is_valid() && PyErr_Occurred() != nullptr) {
        throw nb::python_error();
    }
    return block;
}

void rethrow_for_block(std::size_t number) {
    try {
        throw;
    } catch (const Error& error) {
        throw Error(error.code(), in_block(number, error.what()), error.system_errno());
    } catch (const nb::builtin_exception& error) {
        throw nb::builtin_exception(error.type(), in_block(number, error.what()).c_str());
    }
}

}  // namespace hyperslab::python
