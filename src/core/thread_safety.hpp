// What a mutex guards, said so that a compiler can check it.
//
// Clang's thread-safety analysis reads these annotations: a member that says what guards it is an
// error wherever it is touched without the lock. `./dev lint` runs the analysis with clang-tidy;
// for other compilers the macros are empty.
//
// The standard library's mutex carries no annotations, so there is one here that does. Members that
// several threads may touch without a lock are atomic or Relaxed (relaxed.hpp) instead.
#pragma once

#include <condition_variable>
#include <mutex>

#ifdef __clang__
#define HYPERSLAB_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define HYPERSLAB_THREAD_ATTRIBUTE(x)
#endif

/// A class whose objects are locks.
#define HYPERSLAB_CAPABILITY(name) HYPERSLAB_THREAD_ATTRIBUTE(capability(name))
/// A class whose objects hold a lock while they live.
#define HYPERSLAB_SCOPED_CAPABILITY HYPERSLAB_THREAD_ATTRIBUTE(scoped_lockable)
/// A member or variable that is only touched while the lock is held.
#define HYPERSLAB_GUARDED_BY(lock) HYPERSLAB_THREAD_ATTRIBUTE(guarded_by(lock))
/// A function that is only called while the lock is held.
#define HYPERSLAB_REQUIRES(...) HYPERSLAB_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
/// A function that takes the lock, so that it is held afterwards.
#define HYPERSLAB_ACQUIRE(...) HYPERSLAB_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
/// A function that holds the lock afterwards when it returns the first argument.
#define HYPERSLAB_TRY_ACQUIRE(...) HYPERSLAB_THREAD_ATTRIBUTE(try_acquire_capability(__VA_ARGS__))
/// A function that gives the lock back.
#define HYPERSLAB_RELEASE(...) HYPERSLAB_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
/// A function whose body the analysis cannot follow; a comment says why.
#define HYPERSLAB_NO_THREAD_SAFETY_ANALYSIS HYPERSLAB_THREAD_ATTRIBUTE(no_thread_safety_analysis)

namespace hyperslab::core {

class HYPERSLAB_CAPABILITY("mutex") Mutex {
public:
    Mutex() = default;
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;

    void lock() HYPERSLAB_ACQUIRE() { mutex_.lock(); }
    void unlock() HYPERSLAB_RELEASE() { mutex_.unlock(); }
    bool try_lock() HYPERSLAB_TRY_ACQUIRE(true) { return mutex_.try_lock(); }

private:
    friend class MutexLock;

    std::mutex mutex_;
};

/// Holds a mutex for a scope, or for parts of it.
class HYPERSLAB_SCOPED_CAPABILITY MutexLock {
public:
    explicit MutexLock(Mutex& mutex) HYPERSLAB_ACQUIRE(mutex) : lock_(mutex.mutex_) {}
    /// Takes over a mutex that is locked already.
    MutexLock(Mutex& mutex, std::adopt_lock_t adopt) HYPERSLAB_REQUIRES(mutex)
        : lock_(mutex.mutex_, adopt) {}
    ~MutexLock() HYPERSLAB_RELEASE() = default;
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;

    void lock() HYPERSLAB_ACQUIRE() { lock_.lock(); }
    void unlock() HYPERSLAB_RELEASE() { lock_.unlock(); }

    /// Waits for a signal; the mutex is free meanwhile, and held again afterwards.
    void wait(std::condition_variable& signal) { signal.wait(lock_); }
    /// Waits for a signal, but not beyond a point in time.
    /// \returns false when that has come
    template <class TimePoint>
    bool wait_until(std::condition_variable& signal, const TimePoint& end) {
        return signal.wait_until(lock_, end) == std::cv_status::no_timeout;
    }

private:
    std::unique_lock<std::mutex> lock_;
};

}  // namespace hyperslab::core
