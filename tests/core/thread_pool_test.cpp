#include "core/thread_pool.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/helper_pool.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::core {
namespace {

class ThreadPool : public testing::Test {
protected:
    ThreadPool() { set_thread_count(4); }
    ~ThreadPool() override {
        set_thread_count(0);
        set_loop_poll(nullptr);
    }
};

std::vector<int> turns_of(std::size_t count) {
    std::vector<int> turns(count);
    parallel_for(count, [&](std::size_t i) { ++turns[i]; });
    return turns;
}

TEST_F(ThreadPool, TakesEveryTurnOnce) {
    for (const std::size_t count : {0U, 1U, 2U, 7U, 10'000U}) {
        EXPECT_EQ(turns_of(count), std::vector<int>(count, 1));
    }
}

TEST_F(ThreadPool, UsesSeveralThreadsTheCallerAmongThem) {
    std::mutex mutex;
    std::set<std::thread::id> seen;
    for (int round = 0; round < 100 && seen.size() < 2; ++round) {
        parallel_for(64, [&](std::size_t) {
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            const std::lock_guard guard(mutex);
            seen.insert(std::this_thread::get_id());
        });
    }
    EXPECT_GE(seen.size(), 2U);
    EXPECT_LE(seen.size(), 4U);
    EXPECT_TRUE(seen.contains(std::this_thread::get_id()));
}

TEST_F(ThreadPool, AFailureEndsTheLoopAndIsThrown) {
    std::atomic<int> turns{0};
    EXPECT_THROW(parallel_for(1'000'000,
                              [&](std::size_t i) {
                                  ++turns;
                                  if (i == 3) {
                                      throw std::runtime_error("three");
                                  }
                              }),
                 std::runtime_error);
    EXPECT_LT(turns, 1'000'000);
    EXPECT_EQ(turns_of(10), std::vector<int>(10, 1)) << "the next loop is as good as any";
}

TEST_F(ThreadPool, ALoopInsideALoopRunsOnOneThread) {
    std::atomic<int> turns{0};
    parallel_for(8, [&](std::size_t) {
        const std::thread::id here = std::this_thread::get_id();
        parallel_for(8, [&](std::size_t) {
            ++turns;
            EXPECT_EQ(std::this_thread::get_id(), here);
        });
    });
    EXPECT_EQ(turns, 64);
}

TEST_F(ThreadPool, CallersShareTheThreads) {
    std::atomic<int> turns{0};
    std::vector<std::thread> callers;
    for (int c = 0; c < 8; ++c) {
        callers.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                parallel_for(20, [&](std::size_t) { ++turns; });
            }
        });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }
    EXPECT_EQ(turns, 8 * 200 * 20);
}

TEST_F(ThreadPool, AChildOfForkHasThreadsOfItsOwn) {
    turns_of(100);
    const pid_t child = fork();
    if (child == 0) {
        _exit(turns_of(1'000) == std::vector<int>(1'000, 1) ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

std::atomic<pid_t> forked{-1};

void fork_once() {
    if (forked == -1) {
        forked = fork();
    }
}

// The child ends here: 0 when it was told.
bool parent_is_not_told(const std::function<void()>& loop) {
    forked = -1;
    set_loop_poll(&fork_once);
    bool told = false;
    try {
        loop();
    } catch (const Error&) {
        told = true;
    }
    if (forked == 0) {
        _exit(told ? 0 : 1);
    }
    int status = 1;
    waitpid(forked, &status, 0);
    return !told && status == 0;
}

TEST_F(ThreadPool, AChildThatIsForkedInTheMiddleOfALoopIsToldThatItsHelpersAreNotThere) {
    const auto slow = [](std::size_t) {
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    };
    EXPECT_TRUE(parent_is_not_told([&] { parallel_for(100, slow); }));
    EXPECT_TRUE(parent_is_not_told([&] { watched_for(100, slow, false); }));
    EXPECT_TRUE(parent_is_not_told([&] { watched_for(100, slow, true); }));
}

TEST_F(ThreadPool, WhatThePollThrowsEndsTheLoop) {
    set_loop_poll([] { throw std::runtime_error("interrupted"); });
    const auto slow = [](std::size_t) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    };
    EXPECT_THROW(parallel_for(100'000, slow), std::runtime_error);
    EXPECT_THROW(serial_for(100'000, slow), std::runtime_error);
}

// Counts the threads that are in a turn, and the most that ever were.
class Crowd {
public:
    void turn() {
        const int now = ++inside_;
        int most = most_;
        while (now > most && !most_.compare_exchange_weak(most, now)) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        --inside_;
    }
    int most() const { return most_; }

private:
    std::atomic<int> inside_{0};
    std::atomic<int> most_{0};
};

TEST_F(ThreadPool, HelpersStayAwayWhenCallersAreMany) {
    constexpr std::size_t kTurns = 300;
    std::atomic<int> callers_inside{0};
    std::atomic<bool> ending{false};
    std::atomic<int> turns_of_helpers{0};  // begun while eight callers took turns
    std::vector<std::thread> callers;
    for (int c = 0; c < 8; ++c) {
        callers.emplace_back([&, inside = false]() mutable {
            parallel_for(kTurns, [&](std::size_t i) {
                if (is_helper_thread()) {
                    turns_of_helpers += callers_inside == 8 && !ending ? 1 : 0;
                } else if (!inside) {
                    inside = true;
                    ++callers_inside;
                }
                ending = ending || i + 1 == kTurns;
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            });
        });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }
    EXPECT_LE(turns_of_helpers, 3) << "one that each helper was about to begin";
    Crowd crowd;
    parallel_for(100, [&](std::size_t) { crowd.turn(); });
    EXPECT_LE(crowd.most(), 4);
    EXPECT_GE(crowd.most(), 2) << "alone, a caller has helpers again";
}

TEST_F(ThreadPool, CallersThatOnlyWaitCountForNothing) {
    Crowd crowd;
    std::vector<std::thread> callers;
    for (int c = 0; c < 3; ++c) {
        callers.emplace_back([&] { watched_for(30, [&](std::size_t) { crowd.turn(); }, false); });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }
    EXPECT_LE(crowd.most(), 4 + 3) << "four, and one for each that found four at work";
}

TEST_F(ThreadPool, AThreadCanHaveALimitOfItsOwn) {
    EXPECT_EQ(set_thread_limit(1), 0U);
    EXPECT_EQ(thread_count(), 1U);
    std::thread([] { EXPECT_EQ(thread_count(), 4U); }).join();
    const std::thread::id here = std::this_thread::get_id();
    parallel_for(50, [&](std::size_t) { EXPECT_EQ(std::this_thread::get_id(), here); });
    EXPECT_EQ(set_thread_limit(0), 1U);
    EXPECT_EQ(thread_count(), 4U);
}

TEST_F(ThreadPool, AWatchedLoopTakesEveryTurnOnceAndNoneItself) {
    for (const std::size_t count : {0U, 1U, 2U, 100U}) {
        std::vector<int> turns(count);
        const std::thread::id here = std::this_thread::get_id();
        watched_for(
            count,
            [&](std::size_t i) {
                EXPECT_NE(std::this_thread::get_id(), here);
                EXPECT_TRUE(is_helper_thread());
                ++turns[i];
            },
            false);
        EXPECT_EQ(turns, std::vector<int>(count, 1));
    }
    EXPECT_FALSE(is_helper_thread());
}

TEST_F(ThreadPool, AFailureInAWatchedLoopIsThrown) {
    const auto fail = [](std::size_t) { throw std::runtime_error("at once"); };
    EXPECT_THROW(watched_for(10, fail, true), std::runtime_error);
}

TEST_F(ThreadPool, AnAbandonedTurnKeepsWhatItOwns) {
    set_loop_poll([] { throw std::runtime_error("interrupted"); });
    const auto go_on = std::make_shared<std::atomic<bool>>(false);
    const auto owned = std::make_shared<std::atomic<int>>(0);
    const auto turn = [go_on, owned](std::size_t) {
        while (!*go_on) {
            std::this_thread::yield();
        }
        ++*owned;
    };
    EXPECT_THROW(watched_for(2, turn, true), std::runtime_error);
    EXPECT_EQ(*owned, 0) << "it did not wait";
    EXPECT_GE(owned.use_count(), 3) << "ours, the lambda here, and the loop's";
    *go_on = true;
    while (owned.use_count() > 2) {
        std::this_thread::yield();
    }
    EXPECT_LE(*owned, 2);
    set_loop_poll(nullptr);
    EXPECT_EQ(turns_of(10), std::vector<int>(10, 1));
}

TEST_F(ThreadPool, AWatchedLoopGivesResultsInOrderToItsCaller) {
    for (const std::size_t count : {0U, 1U, 2U, 100U}) {
        std::vector<int> made(count);
        std::vector<std::size_t> taken;
        const std::thread::id here = std::this_thread::get_id();
        watched_ordered_for(
            count,
            [&](std::size_t i) {
                EXPECT_NE(std::this_thread::get_id(), here);
                made[i] = 1;
            },
            [&](std::size_t i) {
                EXPECT_EQ(std::this_thread::get_id(), here);
                EXPECT_EQ(made[i], 1);
                taken.push_back(i);
            },
            false);
        std::vector<std::size_t> all(count);
        std::iota(all.begin(), all.end(), 0U);
        EXPECT_EQ(taken, all);
    }
}

TEST_F(ThreadPool, NothingIsTakenOfAWatchedLoopAfterAFailure) {
    std::vector<std::size_t> taken;
    const auto fail_at_3 = [](std::size_t i) {
        if (i == 3) {
            throw std::runtime_error("3");
        }
    };
    const auto take = [&](std::size_t i) { taken.push_back(i); };
    EXPECT_THROW(watched_ordered_for(10, fail_at_3, take, true), std::runtime_error);
    EXPECT_LE(taken.size(), 3U);
    const auto refuse = [](std::size_t) { throw std::runtime_error("refused"); };
    EXPECT_THROW(watched_ordered_for(10, [](std::size_t) {}, refuse, true), std::runtime_error);
}

TEST_F(ThreadPool, OneWhoMayNotAbandonWaits) {
    set_loop_poll([] { throw std::runtime_error("interrupted"); });
    std::atomic<int> inside{0};
    const auto slow = [&](std::size_t) {
        ++inside;
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        --inside;
    };
    EXPECT_THROW(watched_for(100, slow, false), std::runtime_error);
    EXPECT_EQ(inside, 0);
}

class Told final : public LoopObserver {
public:
    void reached(std::size_t done, std::size_t count) override {
        EXPECT_LE(done, count);
        EXPECT_GE(done, last);
        EXPECT_EQ(std::this_thread::get_id(), here);
        last = done;
        ++times;
        if (times == stop_at) {
            throw std::runtime_error("enough");
        }
    }
    std::thread::id here = std::this_thread::get_id();
    std::size_t last = 0;
    int times = 0;
    int stop_at = 0;
};

TEST_F(ThreadPool, AnObserverIsToldOnTheCallersThread) {
    const auto slow = [](std::size_t) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    };
    for (const int kind : {0, 1, 2}) {
        Told told;
        const auto loop = [&] {
            kind == 0   ? serial_for(40, slow)
            : kind == 1 ? parallel_for(160, slow)
                        : watched_for(160, slow, false);
        };
        EXPECT_EQ(set_loop_observer(&told), nullptr);
        loop();
        EXPECT_GT(told.times, 1);
        told.last = 0;
        told.stop_at = told.times + 1;
        EXPECT_THROW(loop(), std::runtime_error);
        EXPECT_EQ(set_loop_observer(nullptr), &told);
        const int times = told.times;
        loop();
        EXPECT_EQ(told.times, times);
    }
}

TEST_F(ThreadPool, TheNumberOfThreadsCanBeChosen) {
    EXPECT_EQ(thread_count(), 4U);
    set_thread_count(1);
    const std::thread::id here = std::this_thread::get_id();
    parallel_for(50, [&](std::size_t) { EXPECT_EQ(std::this_thread::get_id(), here); });
    set_thread_count(0);
    EXPECT_GE(thread_count(), 1U);
}

}  // namespace
}  // namespace hyperslab::core
