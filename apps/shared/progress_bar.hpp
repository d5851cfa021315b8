// How far a long command is, on a terminal.
//
// The bar is a line on standard error that is written over itself and is gone at the end. Where
// standard error is no terminal nothing is written.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace hyperslab::apps {

class ProgressBar {
public:
    /// \param total  the number of steps
    ProgressBar(const std::string& what, std::uint64_t total);
    /// Removes the line.
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// Counts steps that are done. Any thread may call it.
    void advance(std::uint64_t steps = 1);

private:
    void draw(std::uint64_t done);

    std::string what_;
    std::uint64_t total_;
    bool shown_;
    std::chrono::steady_clock::time_point begin_;
    std::atomic<std::uint64_t> done_{0};
    std::mutex mutex_;
    std::chrono::steady_clock::time_point drawn_;
    bool visible_ = false;
};

}  // namespace hyperslab::apps
