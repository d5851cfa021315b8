#include "support/kept_array.hpp"

#include <Python.h>

#include "core/helper_pool.hpp"
#include "core/waiting_list.hpp"
#include "support/gil.hpp"

namespace hyperslab::python {
namespace {

// The arrays that helpers have left. The list is never destroyed, because helper threads end with
// the process.
auto& left_by_helpers = *new core::WaitingList<PyObject*>;

void let_go(void* array) {
    auto* const object = static_cast<PyObject*>(array);
    if (core::is_helper_thread()) {
        left_by_helpers.add(object);
        return;
    }
    const GilTaken gil;
    Py_DECREF(object);
}

}  // namespace

std::shared_ptr<void> keep_array(void* array) {
    {
        const GilTaken gil;
        Py_INCREF(static_cast<PyObject*>(array));
    }
    return {array, &let_go};
}

void let_go_of_kept_arrays() {
    if (left_by_helpers.empty()) {
        return;
    }
    for (PyObject* const array : left_by_helpers.take()) {
        Py_DECREF(array);
    }
}

}  // namespace hyperslab::python
