#include "hdf5/lock.hpp"

#include <pthread.h>

#include <thread>
#include <utility>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/device_failure.hpp"
#include "hdf5/library.hpp"

namespace hyperslab::hdf5 {
namespace {

// A child of fork() has one thread, a copy of the one that forked. Holding the lock across the fork
// means that no other thread was inside libhdf5 when its memory was copied.
void hold_across_fork() {
    pthread_atfork([] { library_lock().acquire(); },
                   [] { library_lock().release(); },
                   [] { library_lock().release(); });
}

}  // namespace

constinit detail::ImmortalLock detail::immortal_lock;

void LibraryLock::become_owner() {
    owner_.store(this_thread(), std::memory_order_relaxed);
    depth_ = 1;
    if (!prepared_) [[unlikely]] {
        prepared_ = true;
        hold_across_fork();
        initialize_library();
    }
    initialize_thread();
}

bool LibraryLock::try_acquire_first() {
    if (!mutex_.try_lock()) {
        return false;
    }
    become_owner();
    return true;
}

void LibraryLock::acquire_first() {
    if (try_acquire_first()) {
        return;
    }
    void* const state = hooks_.before != nullptr ? hooks_.before() : nullptr;
    mutex_.lock();
    become_owner();
    if (hooks_.after != nullptr) {
        hooks_.after(state);
    }
}

bool LibraryLock::acquire_within(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!try_acquire()) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

void LibraryLock::release_last() {
    if (has_deferred_.load(std::memory_order_acquire)) [[unlikely]] {
        close_deferred();
    }
    depth_ = 0;
    owner_.store(nullptr, std::memory_order_relaxed);
    mutex_.unlock();
}

void LibraryLock::close_later(Id id) {
    const std::lock_guard guard(deferred_mutex_);
    deferred_.push_back(id);
    has_deferred_.store(true, std::memory_order_release);
}

void LibraryLock::close_deferred() {
    std::vector<Id> ids;
    {
        const std::lock_guard guard(deferred_mutex_);
        ids = std::exchange(deferred_, {});
        has_deferred_.store(false, std::memory_order_relaxed);
    }
    for (const Id id : ids) {
        give_up(id);
        report_final_device_failure();
    }
}

}  // namespace hyperslab::hdf5
