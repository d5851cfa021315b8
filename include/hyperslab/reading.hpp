// How a thread reads and writes: on how many threads, and how its progress is reported.
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

/// The number of threads that a read by this thread may use, with itself. By default it is the
/// number of processors that this process may use (affinity, control groups), or
/// HYPERSLAB_NUM_THREADS.
std::size_t num_threads();

/// Sets the number for all threads; 0 means the default.
void set_num_threads(std::size_t count);

/// While it lives, reads by the thread that made it use the given number of threads.
class ThreadLimit {
public:
    explicit ThreadLimit(std::size_t count);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
    std::size_t before_;
};

/// While it lives, long reads, writes and repackings by the thread that made it report how far they
/// are. Group::create_many is one of them, with all of its datasets.
class ProgressScope {
public:
    /// A function that gets the bytes in memory that have been read or written, and the bytes of
    /// all that the call reads or writes. For a repacking they are bytes of the old file.
    using Report = std::function<void(std::uint64_t done, std::uint64_t total)>;

    /// \param report  called on the thread that reads or writes, about ten times a second; an
    ///     exception of it ends the call and leaves it. During a write no other thread can use the
    ///     library.
    /// \param after  the time within which a call reports nothing
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
