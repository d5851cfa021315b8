#include "hdf5/lock.hpp"

#include <pthread.h>

#include <utility>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/device_failure.hpp"
#include "hdf5/library.hpp"

namespace hyperslab::hdf5 {
namespace {

// The address of a thread-local names the thread; unlike a thread id it survives fork().
const void* this_thread() {
    static thread_local const char marker = 0;
    return &marker;
}

// A child of fork() has one thread, a copy of the one that forked. Holding the lock across the fork
// means that no other thread was inside libhdf5 when its memory was copied.
void hold_across_fork() {
    pthread_atfork([] { library_lock().acquire(); },
                   [] { library_lock().release(); },
                   [] { library_lock().release(); });
}

}  // namespace

LibraryLock& library_lock() {
    // Never destroyed: handles may die after static destructors have run.
    static LibraryLock& lock = *[] {
        auto* made = new LibraryLock;
        hold_across_fork();
        return made;
    }();
    return lock;
}

bool LibraryLock::owned_by_this_thread() const {
    return owner_.load(std::memory_order_relaxed) == this_thread();
}

bool LibraryLock::try_acquire() {
    if (!owned_by_this_thread()) {
        if (!mutex_.try_lock()) {
            return false;
        }
        owner_.store(this_thread(), std::memory_order_relaxed);
    }
    if (++depth_ == 1) {
        initialize_library();
    }
    return true;
}

void LibraryLock::acquire() {
    if (try_acquire()) {
        return;
    }
    void* const state = hooks_.before != nullptr ? hooks_.before() : nullptr;
    mutex_.lock();
    owner_.store(this_thread(), std::memory_order_relaxed);
    depth_ = 1;
    if (hooks_.after != nullptr) {
        hooks_.after(state);
    }
}

void LibraryLock::release() {
    if (depth_ == 1) {
        if (has_deferred_.load(std::memory_order_acquire)) [[unlikely]] {
            close_deferred();
        }
        depth_ = 0;
        owner_.store(nullptr, std::memory_order_relaxed);
        mutex_.unlock();
        return;
    }
    --depth_;
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
        const InsideLibrary inside;
        H5Idec_ref(id);
        report_final_device_failure();
    }
}

}  // namespace hyperslab::hdf5
