#include "core/helper_pool.hpp"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

#include "hyperslab/error.hpp"

namespace hyperslab::core {
namespace {

// The interval at which a waiting caller calls its poll.
constexpr std::chrono::milliseconds kGlance{20};

thread_local bool is_helper = false;

// The pool is never destroyed, because its threads end with the process. A child of fork() has none
// of these threads, so it forgets its parent's pool and makes another.
std::atomic<HelperPool*> current_pool{nullptr};

[[maybe_unused]] const int kForgottenInChild =
    pthread_atfork(nullptr, nullptr, [] { current_pool.store(nullptr); });

}  // namespace

bool is_helper_thread() { return is_helper; }

thread_local bool InsideTurn::inside_ = false;

void Loop::fail(const std::exception_ptr& exception) {
    next = count;
    const MutexLock lock(failure_mutex);
    if (failure == nullptr) {
        failure = exception;
    }
}

// The exception is taken out, because it may be Python's, and a helper, which must not touch
// Python, may be the last to hold the loop.
void Loop::rethrow_failure() {
    std::exception_ptr taken;
    {
        const MutexLock lock(failure_mutex);
        taken = std::exchange(failure, nullptr);
    }
    if (taken != nullptr) {
        std::rethrow_exception(taken);
    }
}

HelperPool& HelperPool::instance() {
    HelperPool* pool = current_pool.load();
    if (pool == nullptr) {
        auto* const made = new HelperPool;
        if (current_pool.compare_exchange_strong(pool, made)) {
            return *made;
        }
        delete made;
    }
    return *pool;
}

void HelperPool::require_own_process() const {
    if (current_pool.load() != this) {
        throw Error(ErrorCode::internal, "The process was forked in the middle of a loop");
    }
}

void HelperPool::run(const std::shared_ptr<Loop>& loop, const std::function<void()>& between) {
    running_.fetch_add(1);
    enlist(loop, std::min(loop->limit, loop->count) - 1);
    loop->work([&] {
        between();
        require_own_process();
        return true;
    });
    require_own_process();
    MutexLock lock(mutex_);
    retire(*loop);
    stop_working();
    while (loop->helpers != 0) {
        lock.wait(done_);
    }
}

bool HelperPool::watch(const std::shared_ptr<Loop>& loop,
                       const std::function<void()>& poll,
                       bool abandon) {
    loop->caller_sleeps = true;
    if (enlist(loop, std::min(loop->limit, loop->count)) == 0) {
        return false;
    }
    MutexLock lock(mutex_);
    const auto ended = [&] { return loop->next >= loop->count && loop->helpers == 0; };
    while (!ended()) {
        const auto until = std::chrono::steady_clock::now() + kGlance;
        while (!ended() && lock.wait_until(done_, until)) {
        }
        if (ended()) {
            break;
        }
        lock.unlock();
        try {
            poll();
            require_own_process();
        } catch (...) {
            loop->fail(std::current_exception());
            require_own_process();
            if (abandon) {
                lock.lock();
                retire(*loop);
                return true;
            }
        }
        lock.lock();
    }
    retire(*loop);
    return true;
}

// One thread less takes turns now, so another one may begin.
void HelperPool::stop_working() {
    running_.fetch_sub(1);
    if (joinable() != nullptr) {
        work_.notify_one();
    }
}

std::size_t HelperPool::enlist(const std::shared_ptr<Loop>& loop, std::size_t helpers) {
    {
        const MutexLock lock(mutex_);
        start_threads(helpers);
        helpers = std::min(helpers, threads_);
        loop->wanted = helpers;
        if (helpers != 0) {
            loops_.push_back(loop);
        }
    }
    for (std::size_t i = 0; i < helpers; ++i) {
        work_.notify_one();
    }
    return helpers;
}

void HelperPool::retire(Loop& loop) {
    std::erase_if(loops_, [&](const std::shared_ptr<Loop>& one) { return one.get() == &loop; });
}

std::shared_ptr<Loop> HelperPool::joinable() const {
    const std::size_t running = running_.load();
    for (const std::shared_ptr<Loop>& loop : loops_) {
        if (loop->wanted != 0 && loop->next < loop->count &&
            (running < loop->limit || (loop->caller_sleeps && loop->helpers == 0))) {
            return loop;
        }
    }
    return nullptr;
}

// Where the system grants no more threads, the loop gets fewer helpers.
void HelperPool::start_threads(std::size_t idle) {
    while (threads_ - busy_ < idle && threads_ < kMaxThreads) {
        try {
            start_thread();
        } catch (const std::system_error&) {
            return;
        }
        ++threads_;
    }
}

// Helpers block all signals, which are for the threads of the program.
void HelperPool::start_thread() {
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

void HelperPool::help_forever() {
    is_helper = true;
    MutexLock lock(mutex_);
    for (;;) {
        std::shared_ptr<Loop> loop;
        while ((loop = joinable()) == nullptr) {
            lock.wait(work_);
        }
        ++loop->helpers;
        --loop->wanted;
        ++busy_;
        running_.fetch_add(1);
        lock.unlock();
        help(*loop);
        lock.lock();
        ++loop->wanted;  // for turns that are left, once fewer threads are at work
        --busy_;
        if (--loop->helpers == 0) {
            done_.notify_all();
        }
        stop_working();
        lock.unlock();
        loop.reset();  // frees it when the caller has left, with all that its turns own
        lock.lock();
    }
}

// A helper that is alone with a loop of a sleeping caller stays.
void HelperPool::help(Loop& loop) {
    loop.work(
        [&] { return running_.load() <= loop.limit || (loop.caller_sleeps && loop.helpers == 1); });
}

}  // namespace hyperslab::core
