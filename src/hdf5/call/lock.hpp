// The one lock around libhdf5.
//
// libhdf5 here is built without thread safety: every call into it is made while this recursive lock
// is held. A thread that waits for it must not hold another lock that the holder may need. In
// Python that is the interpreter's lock, so the binding installs hooks that give it up around a
// wait.
//
// The holder may be inside libhdf5 when one of our handles is destroyed (a callback ran user code,
// or the garbage collector ran). Closing an object there can free what libhdf5 is working on, so
// such closes are put aside and done when the lock is released.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>

#include "core/thread_safety.hpp"
#include "core/waiting_list.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

class HYPERSLAB_CAPABILITY("library lock") LibraryLock {
public:
    /// Functions that are called around a wait for the lock, but not when it is free. `before`
    /// returns the argument of `after`.
    struct WaitHooks {
        void* (*before)() = nullptr;
        void (*after)(void*) = nullptr;
    };

    /// A function that is called whenever the lock has been released, which is where other threads
    /// may take it. Tests of what is one step for other threads let one do something there.
    using ReleaseHook = void (*)();

    constexpr LibraryLock() = default;

    // Every call into libhdf5 passes here several times, nearly always on the thread that has the
    // lock.
    void acquire() {
        if (owned_by_this_thread()) [[likely]] {
            ++depth_;
        } else {
            acquire_first();
        }
    }

    bool try_acquire() {
        if (owned_by_this_thread()) [[likely]] {
            ++depth_;
            return true;
        }
        return try_acquire_first();
    }

    /// Waits for the lock at most as long as `patience`, and calls no hooks.
    bool acquire_within(std::chrono::milliseconds patience);

    /// Acquires the lock before fork(), where libhdf5 will not be called.
    void acquire_to_fork();

    /// Gives the lock back. At the outermost release the closes that were put aside are done.
    void release() {
        if (depth_ > 1) [[likely]] {
            --depth_;
        } else {
            release_last();
        }
    }

    bool owned_by_this_thread() const {
        return owner_.load(std::memory_order_relaxed) == this_thread();
    }

    void set_wait_hooks(WaitHooks hooks) { hooks_ = hooks; }

    /// Sets the release hook, or none when it is null. The caller holds the lock.
    void set_release_hook(ReleaseHook hook) { release_hook_ = hook; }

    /// Marks that this thread is inside a call of libhdf5. The caller holds the lock.
    void enter_library() { call_number_ += calls_inside_++ == 0 ? 1 : 0; }
    void leave_library() { --calls_inside_; }

    /// The number of the outermost call into libhdf5 that is under way, or was the last.
    std::uint64_t call_number() const { return call_number_; }

    /// Whether a handle may be closed now, because no call of libhdf5 is active. The caller holds
    /// the lock.
    bool may_close() const { return calls_inside_ == 0; }

    /// Puts a close aside. It needs no lock.
    void close_later(Id id) { deferred_.add(id); }

    /// Closes what was put aside, unless a call of libhdf5 is active. The caller holds the lock.
    void close_waiting() {
        if (may_close() && !deferred_.empty()) {
            close_deferred();
        }
    }

private:
    // A value that identifies the calling thread, at the cost of reading a register. Unlike a
    // thread id it stays the same in a child of fork().
    static const void* this_thread() { return __builtin_thread_pointer(); }

    void acquire_first();
    bool try_acquire_first();
    void release_last();
    template <class Own>
    void wait(Own&& own);
    void own();
    void own_and_prepare();
    void close_deferred();

    std::mutex mutex_;
    std::atomic<const void*> owner_{nullptr};
    int depth_ = 0;         // how often the owner has acquired it
    int calls_inside_ = 0;  // the number of calls of libhdf5 on the owner's stack
    std::uint64_t call_number_ = 0;
    bool prepared_ = false;  // whether libhdf5 has been prepared
    WaitHooks hooks_;
    ReleaseHook release_hook_ = nullptr;
    core::WaitingList<Id> deferred_;
};

namespace detail {

/// The lock is never destroyed, because handles may be destroyed after static destructors have run.
union ImmortalLock {
    constexpr ImmortalLock() : lock() {}
    ~ImmortalLock() {}  // NOLINT(modernize-use-equals-default): that would be deleted
    LibraryLock lock;
};
extern ImmortalLock immortal_lock;

}  // namespace detail

inline LibraryLock& library_lock() { return detail::immortal_lock.lock; }

/// Holds the lock for a scope.
///
/// The lock is recursive, which the analysis of threads does not know: it sees what guards hold,
/// not what acquire() and release() do.
class HYPERSLAB_SCOPED_CAPABILITY LockGuard {
public:
    LockGuard() HYPERSLAB_ACQUIRE(library_lock()) { library_lock().acquire(); }
    explicit LockGuard(std::adopt_lock_t) HYPERSLAB_ACQUIRE(library_lock()) {}
    ~LockGuard() HYPERSLAB_RELEASE() { library_lock().release(); }
    LockGuard(const LockGuard&) = delete;
    LockGuard& operator=(const LockGuard&) = delete;
};

}  // namespace hyperslab::hdf5
