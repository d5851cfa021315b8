// Reading and writing a dataset that other threads resize.
#pragma once

#include "engine/plan/request.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::engine {

/// Calls a function that asks for a dataset's extent and then reads or writes. It is called again
/// when the extent has changed in between (ExtentChanged).
template <class Function>
auto despite_resizing(Function&& function) {
    constexpr int kAttempts = 8;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        try {
            return function();
        } catch (const ExtentChanged&) {
            continue;
        }
    }
    const hdf5::LockGuard guard;  // so that a thread that keeps resizing waits
    return function();
}

}  // namespace hyperslab::engine
