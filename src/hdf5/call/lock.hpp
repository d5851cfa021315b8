// The one lock around libhdf5.
//
// libhdf5 here is built without thread safety: every call into it is made while this recursive lock
// is held. Whoever waits for it must not hold another lock that the holder may need; in Python that
// is the interpreter's lock, so the binding installs hooks that give it up around a wait.
//
// The holder may be inside libhdf5 when one of our handles dies (a callback ran user code, or a
// garbage collector came by). Closing an object there can free what libhdf5 is working on, so such
// closes are put aside and done when the lock is let go.
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
    /// Called around a wait for the lock, not when it is free. `before` returns what `after` gets.
    struct WaitHooks {
        void* (*before)() = nullptr;
        void (*after)(void*) = nullptr;
    };

    /// Called whenever the lock has been let go, which is where other threads come in: tests of
    /// what is one step for them have one do something there.
    using ReleaseHook = void (*)();

    constexpr LibraryLock() = default;

    // Every call into libhdf5 passes here several times, nearly always as the owner already.
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

    /// Waits no longer than that, and calls no hooks.
    bool acquire_within(std::chrono::milliseconds patience);

    /// The same as acquire() where libhdf5 will not be called: before fork().
    void acquire_to_fork();

    /// Gives the lock back; at the outermost release the closes put aside are done.
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

    /// Null: none. Only under the lock.
    void set_release_hook(ReleaseHook hook) { release_hook_ = hook; }

    /// Marks that this thread is inside a libhdf5 call. Only under the lock.
    void enter_library() { call_number_ += calls_inside_++ == 0 ? 1 : 0; }
    void leave_library() { --calls_inside_; }

    /// Numbers the calls that were not made from inside another: the one under way, or the last.
    std::uint64_t call_number() const { return call_number_; }

    /// True when a handle may be closed right now: the lock is ours and no libhdf5 call is active.
    bool may_close() const { return calls_inside_ == 0; }

    /// Puts a close aside. Needs no lock.
    void close_later(Id id) { deferred_.add(id); }

    /// Closes what was put aside, unless a libhdf5 call is active. Only under the lock.
    void close_waiting() {
        if (may_close() && !deferred_.empty()) {
            close_deferred();
        }
    }

private:
    // Names the calling thread at the price of reading a register. Unlike a thread id it survives
    // fork().
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
    int calls_inside_ = 0;  // libhdf5 calls on the owner's stack
    std::uint64_t call_number_ = 0;
    bool prepared_ = false;  // libhdf5
    WaitHooks hooks_;
    ReleaseHook release_hook_ = nullptr;
    core::WaitingList<Id> deferred_;
};

namespace detail {

/// Never destroyed: handles may die after static destructors have run.
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
