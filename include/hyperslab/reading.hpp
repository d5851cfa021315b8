// How reads are done: on how many threads, and who is told how far they are.
//
//     hs::ThreadLimit alone(1);
//     hs::ProgressScope told([](std::uint64_t done, std::uint64_t total) { ... });
//     auto all = flux.read<float>();
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace hyperslab {

/// Threads that a read by this thread may use, itself included. By default as many as processors
/// that this process may use (affinity, control groups), or HYPERSLAB_NUM_THREADS.
std::size_t num_threads();

/// For all threads. 0: the default.
void set_num_threads(std::size_t count);

/// While it lives, reads by the thread that made it use so many threads.
class ThreadLimit {
public:
    explicit ThreadLimit(std::size_t count);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
    std::size_t before_;
};

/// While it lives, reads by the thread that made it, and that last, tell how far they are.
class ProgressScope {
public:
    /// Bytes of the result that are there, and of all of it.
    using Report = std::function<void(std::uint64_t done, std::uint64_t total)>;

    /// \param report  called on the reading thread, about ten times a second; what it throws ends
    ///     the read and comes out of it
    /// \param after  quicker reads tell nothing
    explicit ProgressScope(Report report,
                           std::chrono::duration<double> after = std::chrono::seconds(2));
    ~ProgressScope();
    ProgressScope(const ProgressScope&) = delete;
    ProgressScope& operator=(const ProgressScope&) = delete;

private:
    class Reporter;
    std::unique_ptr<Reporter> reporter_;
};

}  // namespace hyperslab
