#include "core/thread_pool.hpp"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace hyperslab::core {
namespace {

using Turn = std::function<void(std::size_t)>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostThreads = 1024;
constexpr std::chrono::milliseconds kPollInterval{50};

std::atomic<void (*)()> loop_poll{nullptr};
std::atomic<std::size_t> chosen_count{0};
thread_local bool inside_turn = false;

// Calls the poll at its interval.
class Poller {
public:
    void operator()() {
        const auto poll = loop_poll.load(std::memory_order_relaxed);
        if (poll == nullptr) {
            return;
        }
        const Clock::time_point now = Clock::now();
        if (now - last_ >= kPollInterval) {
            last_ = now;
            poll();
        }
    }

private:
    Clock::time_point last_ = Clock::now();
};

// One loop, shared by the threads that work on it.
struct Loop {
    const Turn& turn;
    std::size_t count;
    std::atomic<std::size_t> next{0};
    std::size_t wanted =
        0;  // helpers that may still join; this and `helpers` under the pool's lock
    std::size_t helpers = 0;
    std::mutex failure_mutex{};
    std::exception_ptr failure{};

    template <class BetweenTurns>
    void work(BetweenTurns&& between_turns) noexcept {
        inside_turn = true;
        try {
            for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
                between_turns();
                turn(i);
            }
        } catch (...) {
            fail(std::current_exception());
        }
        inside_turn = false;
    }

    void fail(const std::exception_ptr& exception) {
        next = count;
        const std::lock_guard guard(failure_mutex);
        if (failure == nullptr) {
            failure = exception;
        }
    }
};

class Pool {
public:
    void run(Loop& loop, std::size_t helpers) {
        {
            const std::lock_guard guard(mutex_);
            start_threads(helpers);
            loop.wanted = std::min(helpers, threads_);
            if (loop.wanted != 0) {
                loops_.push_back(&loop);
            }
        }
        for (std::size_t i = 0; i < helpers; ++i) {
            work_.notify_one();
        }
        loop.work(Poller());
        std::unique_lock lock(mutex_);
        std::erase(loops_, &loop);
        done_.wait(lock, [&] { return loop.helpers == 0; });
    }

private:
    // A machine that gives no more threads gives fewer.
    void start_threads(std::size_t count) {
        while (threads_ < count) {
            try {
                start_thread();
            } catch (const std::system_error&) {
                return;
            }
            ++threads_;
        }
    }

    // Signals are for the threads of the program.
    void start_thread() {
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        try {
            std::thread([this] { help_forever(); }).detach();
        } catch (...) {
            pthread_sigmask(SIG_SETMASK, &before, nullptr);
            throw;
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void help_forever() {
        std::unique_lock lock(mutex_);
        for (;;) {
            work_.wait(lock, [&] { return !loops_.empty(); });
            Loop& loop = *loops_.front();
            ++loop.helpers;
            if (--loop.wanted == 0) {
                loops_.pop_front();
            }
            lock.unlock();
            loop.work([] {});
            lock.lock();
            std::erase(loops_, &loop);  // it has no turns left
            if (--loop.helpers == 0) {
                done_.notify_all();
            }
        }
    }

    std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable done_;
    std::deque<Loop*> loops_;  // that want help
    std::size_t threads_ = 0;
};

// Never destroyed: its threads end with the process. A child of fork() has none of them, so it
// leaves its parent's pool alone.
std::atomic<Pool*> current_pool{nullptr};

Pool& pool() {
    static const int forgets_in_child =
        pthread_atfork(nullptr, nullptr, [] { current_pool.store(nullptr); });
    static_cast<void>(forgets_in_child);
    Pool* pool = current_pool.load();
    if (pool == nullptr) {
        auto* const made = new Pool;
        if (current_pool.compare_exchange_strong(pool, made)) {
            return *made;
        }
        delete made;
    }
    return *pool;
}

std::size_t processors() {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        return static_cast<std::size_t>(CPU_COUNT(&set));
    }
    return std::max(std::thread::hardware_concurrency(), 1U);
}

std::size_t default_count() {
    if (const char* const text = std::getenv("HYPERSLAB_NUM_THREADS")) {
        std::size_t count = 0;
        std::from_chars(text, text + std::strlen(text), count);
        if (count != 0) {
            return count;
        }
    }
    return processors();
}

}  // namespace

std::size_t thread_count() {
    static const std::size_t by_default = std::min(default_count(), kMostThreads);
    const std::size_t chosen = chosen_count.load(std::memory_order_relaxed);
    return chosen != 0 ? chosen : by_default;
}

void set_thread_count(std::size_t count) { chosen_count = std::min(count, kMostThreads); }

void set_loop_poll(void (*poll)()) { loop_poll = poll; }

void serial_for(std::size_t count, const Turn& turn) {
    Poller poll;
    for (std::size_t i = 0; i < count; ++i) {
        if (!inside_turn) {
            poll();
        }
        turn(i);
    }
}

void serial_while(const std::function<bool()>& turn) {
    Poller poll;
    while (turn()) {
        if (!inside_turn) {
            poll();
        }
    }
}

void parallel_for(std::size_t count, const Turn& turn) {
    const std::size_t threads = std::min(thread_count(), count);
    if (threads <= 1 || inside_turn) {
        serial_for(count, turn);
        return;
    }
    Loop loop{.turn = turn, .count = count};
    pool().run(loop, threads - 1);
    if (loop.failure != nullptr) {
        std::rethrow_exception(loop.failure);
    }
}

}  // namespace hyperslab::core
