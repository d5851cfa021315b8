#include "hdf5/call/lock.hpp"

#include <pthread.h>

#include <thread>

#include "hdf5/call/lock_duties.hpp"

namespace hyperslab::hdf5 {
namespace {

// A child of fork() has one thread, a copy of the one that forked. As this thread holds the lock
// across the fork, no other thread was inside libhdf5, or half-way through a change of what this
// lock guards, when the memory was copied.
[[maybe_unused]] const int kHeldAcrossFork =
    pthread_atfork([] { library_lock().acquire_to_fork(); },
                   [] { library_lock().release(); },
                   [] { library_lock().release(); });

}  // namespace

constinit detail::ImmortalLock detail::immortal_lock;

void LibraryLock::own() {
    owner_.store(this_thread(), std::memory_order_relaxed);
    depth_ = 1;
}

void LibraryLock::own_and_prepare() {
    own();
    if (!prepared_) [[unlikely]] {
        prepared_ = true;
        initialize_library();
    }
    initialize_thread();
}

bool LibraryLock::try_acquire_first() {
    if (!mutex_.try_lock()) {
        return false;
    }
    own_and_prepare();
    return true;
}

template <class Own>
void LibraryLock::wait(Own&& own) {
    void* const state = hooks_.before != nullptr ? hooks_.before() : nullptr;
    mutex_.lock();
    own();
    if (hooks_.after != nullptr) {
        hooks_.after(state);
    }
}

void LibraryLock::acquire_first() {
    if (!try_acquire_first()) {
        wait([this] { own_and_prepare(); });
    }
}

void LibraryLock::acquire_to_fork() {
    if (owned_by_this_thread()) {
        ++depth_;
    } else if (mutex_.try_lock()) {
        own();
    } else {
        wait([this] { own(); });
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
    if (!deferred_.empty()) [[unlikely]] {
        close_deferred();
    }
    depth_ = 0;
    owner_.store(nullptr, std::memory_order_relaxed);
    const ReleaseHook hook = release_hook_;
    mutex_.unlock();
    if (hook != nullptr) [[unlikely]] {
        hook();
    }
}

void LibraryLock::close_deferred() {
    for (const Id id : deferred_.take()) {
        close_put_aside(id);
    }
}

}  // namespace hyperslab::hdf5
