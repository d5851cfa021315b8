// The threads that help callers with their loops.
//
// Any number of loops share them. A helper joins a loop while fewer threads than the loop's limit
// are at work in all loops together, and leaves it between two turns when there are more.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>

#include "core/thread_safety.hpp"
#include "core/turn.hpp"

namespace hyperslab::core {

/// Marks the calling thread as one that works on a loop.
class InsideTurn {
public:
    InsideTurn() { inside_ = true; }
    ~InsideTurn() { inside_ = false; }
    InsideTurn(const InsideTurn&) = delete;
    InsideTurn& operator=(const InsideTurn&) = delete;

    static bool is_so() { return inside_; }

private:
    static thread_local bool inside_;
};

/// One loop, shared by the threads that work on it.
struct Loop {
    Turn turn;
    std::size_t count;
    std::size_t limit;           ///< helpers join while fewer threads work in all loops
    bool caller_sleeps = false;  ///< then one helper joins in any case
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    std::size_t wanted = 0;               ///< helpers that may still join; under the pool's lock
    std::atomic<std::size_t> helpers{0};  ///< helpers at work; changes under the pool's lock
    Mutex failure_mutex{};
    std::exception_ptr failure HYPERSLAB_GUARDED_BY(failure_mutex){};

    /// Takes turns until there are no more.
    /// \param go_on  called before each turn; when it returns false, the rest is left to other
    ///     threads
    template <class GoOn>
    void work(GoOn&& go_on) noexcept {
        const InsideTurn inside;
        try {
            while (next.load(std::memory_order_relaxed) < count && go_on()) {
                const std::size_t i = next.fetch_add(1);
                if (i >= count) {
                    return;
                }
                turn(i);
                done.fetch_add(1, std::memory_order_relaxed);
            }
        } catch (...) {
            fail(std::current_exception());
        }
    }

    void fail(const std::exception_ptr& exception);
    void rethrow_failure();
};

class HelperPool {
public:
    /// The pool of this process.
    static HelperPool& instance();

    /// Works on the loop together with helpers until all turns are done.
    /// \param between  called before each turn of the caller
    /// \throws Error (internal) in the child when `between` forked, because the child has no
    ///     helpers
    void run(const std::shared_ptr<Loop>& loop, const std::function<void()>& between);

    /// Leaves the loop to helpers, and waits.
    /// \param poll  called at intervals; when it throws, the loop ends
    /// \throws Error (internal) in the child when `poll` forked
    /// \returns false when there is no thread that could help, so nothing was done
    bool watch(const std::shared_ptr<Loop>& loop, const std::function<void()>& poll, bool abandon);

private:
    std::size_t enlist(const std::shared_ptr<Loop>& loop, std::size_t helpers);
    void retire(Loop& loop) HYPERSLAB_REQUIRES(mutex_);
    std::shared_ptr<Loop> joinable() const HYPERSLAB_REQUIRES(mutex_);
    void start_threads(std::size_t idle) HYPERSLAB_REQUIRES(mutex_);
    void start_thread();
    void help_forever();
    void help(Loop& loop);
    void stop_working() HYPERSLAB_REQUIRES(mutex_);
    void require_own_process() const;

    Mutex mutex_;
    std::condition_variable work_;
    std::condition_variable done_;
    // The loops that want help.
    std::deque<std::shared_ptr<Loop>> loops_ HYPERSLAB_GUARDED_BY(mutex_);
    std::size_t threads_ HYPERSLAB_GUARDED_BY(mutex_) = 0;
    std::size_t busy_ HYPERSLAB_GUARDED_BY(mutex_) = 0;  // the threads that are in a loop
    std::atomic<std::size_t> running_{0};                // threads that take turns, with callers
};

inline constexpr std::size_t kMaxThreads = 1024;

/// Whether the calling thread is a helper.
bool is_helper_thread();

}  // namespace hyperslab::core
