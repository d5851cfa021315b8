#include "core/thread_pool.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "core/helper_pool.hpp"
#include "core/processors.hpp"

namespace hyperslab::core {
namespace {

using Clock = std::chrono::steady_clock;

// The interval of polls: half of what a person takes for immediate. The other half is left to the
// turn under way.
constexpr std::chrono::milliseconds kPollInterval{25};

std::atomic<void (*)()> loop_poll{nullptr};
std::atomic<std::size_t> chosen_count{0};
thread_local std::size_t own_limit = 0;
thread_local LoopObserver* own_observer = nullptr;

// What a caller does between turns, once an interval.
class Poller {
public:
    void operator()(std::size_t done, std::size_t count) {
        const auto poll = loop_poll.load(std::memory_order_relaxed);
        if (poll == nullptr && own_observer == nullptr) {
            return;
        }
        const Clock::time_point now = Clock::now();
        if (now - last_ < kPollInterval) {
            return;
        }
        last_ = now;
        if (poll != nullptr) {
            poll();
        }
        if (own_observer != nullptr) {
            own_observer->reached(done, count);
        }
    }

private:
    // The observer of a loop decides how often it reports.
    Clock::time_point last_ = own_observer != nullptr ? Clock::time_point{} : Clock::now();
};

std::size_t count_by_default() {
    if (const char* const text = std::getenv("HYPERSLAB_NUM_THREADS")) {
        std::size_t count = 0;
        std::from_chars(text, text + std::strlen(text), count);
        if (count != 0) {
            return count;
        }
    }
    return processors();
}

// The number is found out once, or more often by threads that begin together; all of them find the
// same.
std::size_t default_count() {
    constinit static std::atomic<std::size_t> known{0};
    std::size_t count = known.load(std::memory_order_relaxed);
    if (count == 0) {
        count = std::min(count_by_default(), kMaxThreads);
        known.store(count, std::memory_order_relaxed);
    }
    return count;
}

std::shared_ptr<Loop> make_loop(std::size_t count, Turn turn) {
    auto loop = std::make_shared<Loop>();
    loop->turn = std::move(turn);
    loop->count = count;
    loop->limit = thread_count();
    return loop;
}

}  // namespace

std::size_t thread_count() {
    if (own_limit != 0) {
        return own_limit;
    }
    const std::size_t chosen = chosen_count.load(std::memory_order_relaxed);
    return chosen != 0 ? chosen : default_count();
}

void set_thread_count(std::size_t count) { chosen_count = std::min(count, kMaxThreads); }

std::size_t set_thread_limit(std::size_t count) {
    return std::exchange(own_limit, std::min(count, kMaxThreads));
}

void set_loop_poll(void (*poll)()) { loop_poll = poll; }

LoopObserver* set_loop_observer(LoopObserver* observer) {
    return std::exchange(own_observer, observer);
}

void serial_for(std::size_t count, const Turn& turn) {
    Poller poll;
    for (std::size_t i = 0; i < count; ++i) {
        if (!InsideTurn::is_so()) {
            poll(i, count);
        }
        turn(i);
    }
}

void serial_while(const std::function<bool()>& turn) {
    Poller poll;
    while (turn()) {
        if (!InsideTurn::is_so()) {
            poll(0, 1);
        }
    }
}

void parallel_for(std::size_t count, const Turn& turn) {
    if (count <= 1 || InsideTurn::is_so()) {
        serial_for(count, turn);
        return;
    }
    const auto loop = make_loop(count, [&](std::size_t i) { turn(i); });
    HelperPool::instance().run(loop, [&, poll = Poller()]() mutable { poll(loop->done, count); });
    loop->rethrow_failure();
}

void ordered_for(std::size_t count, const Turn& turn, const Turn& take) {
    if (count <= 1 || InsideTurn::is_so()) {
        serial_for(count, [&](std::size_t i) {
            turn(i);
            take(i);
        });
        return;
    }
    std::vector<std::atomic<bool>> left(count);
    std::size_t taken = 0;
    const auto take_what_is_left = [&] {
        while (taken < count && left[taken].load(std::memory_order_acquire)) {
            take(taken++);
        }
    };
    const auto loop = make_loop(count, [&](std::size_t i) {
        turn(i);
        left[i].store(true, std::memory_order_release);
    });
    HelperPool::instance().run(loop, [&, poll = Poller()]() mutable {
        poll(loop->done, count);
        take_what_is_left();
    });
    loop->rethrow_failure();
    take_what_is_left();
}

void watched_for(std::size_t count, Turn turn, bool abandon) {
    if (count == 0 || InsideTurn::is_so()) {
        serial_for(count, turn);
        return;
    }
    const auto loop = make_loop(count, std::move(turn));
    const auto poll = [&, poller = Poller()]() mutable { poller(loop->done, count); };
    if (!HelperPool::instance().watch(loop, poll, abandon)) {
        serial_for(count, loop->turn);
        return;
    }
    if (loop->helpers == 0) {
        loop->turn = nullptr;  // so that no helper is the last to hold what it owns
    }
    loop->rethrow_failure();
}

void watched_ordered_for(std::size_t count, Turn turn, const Turn& take, bool abandon) {
    const auto serially = [&](const Turn& each) {
        serial_for(count, [&](std::size_t i) {
            each(i);
            take(i);
        });
    };
    if (count == 0 || InsideTurn::is_so()) {
        serially(turn);
        return;
    }
    const auto left = std::make_shared<std::vector<std::atomic<bool>>>(count);
    std::size_t taken = 0;
    const auto take_what_is_left = [&] {
        while (taken < count && (*left)[taken].load(std::memory_order_acquire)) {
            take(taken++);
        }
    };
    const auto loop = make_loop(count, [left, turn = std::move(turn)](std::size_t i) {
        turn(i);
        (*left)[i].store(true, std::memory_order_release);
    });
    const auto poll = [&, poller = Poller()]() mutable {
        poller(loop->done, count);
        take_what_is_left();
    };
    if (!HelperPool::instance().watch(loop, poll, abandon)) {
        serially(loop->turn);
        return;
    }
    if (loop->helpers == 0) {
        loop->turn = nullptr;  // so that no helper is the last to hold what it owns
    }
    loop->rethrow_failure();
    take_what_is_left();
}

}  // namespace hyperslab::core
