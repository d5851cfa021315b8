// Steps: what other threads see as done at once.
//
// A function of the high level changes or reads a file as a whole: other threads see the file
// before or after, as with h5py's lock. So all that it does with libhdf5 is done while the library
// lock is held, by C++ code that needs nothing of Python. Arguments are converted before, and
// objects for Python are made afterwards. So a thread that holds the library lock never waits for
// the interpreter's lock, and no code of the caller runs under it.
//
// What depends on the extent of a dataset is done again when the extent has changed meanwhile.
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

/// Does a step that takes microseconds. The interpreter's lock is kept where no other thread holds
/// the library's.
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
