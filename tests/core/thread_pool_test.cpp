#include "core/thread_pool.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

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

TEST_F(ThreadPool, WhatThePollThrowsEndsTheLoop) {
    set_loop_poll([] { throw std::runtime_error("interrupted"); });
    const auto slow = [](std::size_t) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    };
    EXPECT_THROW(parallel_for(100'000, slow), std::runtime_error);
    EXPECT_THROW(serial_for(100'000, slow), std::runtime_error);
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
