// Reports of how far reads are.
//
// A thread may have one Progress. It gets the reports of the reads of that thread, on that thread,
// between two turns of a loop, and never under the library lock unless the caller holds it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/thread_pool.hpp"

namespace hyperslab::engine {

class Progress {
public:
    virtual ~Progress() = default;

    /// Is called when a read begins.
    /// \param total  the bytes that the read gives
    virtual void begin(std::uint64_t total) = 0;

    /// Is called when `bytes` bytes have been read. An exception of it ends the read.
    virtual void reached(std::uint64_t bytes) = 0;

    /// Is called when the read has ended.
    /// \param complete  false when it failed; then nothing may be thrown
    virtual void end(bool complete) = 0;
};

/// When reports are due: after a time, and then ten times a second.
class ProgressClock {
public:
    using Seconds = std::chrono::duration<double>;

    explicit ProgressClock(Seconds after) : after_(after) {}

    void begin();
    bool is_time();
    bool has_been_time() const { return has_reported_; }

private:
    using Clock = std::chrono::steady_clock;

    Seconds after_;
    Clock::time_point next_{};
    bool has_reported_ = false;
};

/// Sets the Progress of the calling thread; null for none.
/// \returns the one before
Progress* set_progress(Progress* progress);
Progress* progress_of_thread();

/// Reports one read while it lives. Reads inside of it are not reported.
class ProgressReport final : public core::LoopObserver {
public:
    explicit ProgressReport(std::uint64_t total);
    ~ProgressReport();
    ProgressReport(const ProgressReport&) = delete;
    ProgressReport& operator=(const ProgressReport&) = delete;

    void reached(std::size_t done, std::size_t count) override;

    /// Reports that everything has been read.
    void finish();

private:
    Progress* const progress_;
    const std::uint64_t total_;
    core::LoopObserver* observer_before_ = nullptr;
    bool ended_ = false;
};

}  // namespace hyperslab::engine
