#include "kept_array.hpp"

#include <Python.h>

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "core/thread_pool.hpp"
#include "gil.hpp"

namespace hyperslab::python {
namespace {

// Never destroyed: helper threads end with the process.
struct Left {
    std::mutex mutex;
    std::vector<PyObject*> arrays;
    std::atomic<bool> any{false};
};

Left& left() {
    static Left& left = *new Left;
    return left;
}

void let_go(void* array) {
    auto* const object = static_cast<PyObject*>(array);
    if (core::is_helper_thread()) {
        const std::lock_guard guard(left().mutex);
        left().arrays.push_back(object);
        left().any = true;
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
    if (!left().any.load(std::memory_order_relaxed)) {
        return;
    }
    std::vector<PyObject*> arrays;
    {
        const std::lock_guard guard(left().mutex);
        arrays = std::exchange(left().arrays, {});
        left().any = false;
    }
    for (PyObject* const array : arrays) {
        Py_DECREF(array);
    }
}

}  // namespace hyperslab::python
