// What is one step for other threads.
//
// A function of the high level changes or reads a file as a whole: others find it before or after,
// as with h5py's lock. So all that it does with libhdf5 is done while the library lock is held, by
// C++ code that needs nothing of Python; what the caller gives is converted before, and objects for
// Python are made afterwards. A thread that holds the library lock thus never waits for the
// interpreter's lock, and nothing of the caller's runs under it.
//
// What depends on the extent of a dataset, which may be another one by then, is done again.
#pragma once

#include <mutex>

#include "engine/despite_resizing.hpp"
#include "hdf5/call/lock.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// Runs C++ code as one step. The code must not touch Python.
template <class Function>
auto in_one_step(Function&& function) {
    const GilReleased released;
    const hdf5::LockGuard guard;
    return function();
}

/// The same for what takes microseconds: the interpreter's lock is kept where nobody else holds the
/// library's.
template <class Function>
auto in_quick_step(Function&& function) {
    if (hdf5::library_lock().try_acquire()) {
        const hdf5::LockGuard guard(std::adopt_lock);
        return function();
    }
    return in_one_step(function);
}

using engine::despite_resizing;  // the function may touch Python

}  // namespace hyperslab::python
