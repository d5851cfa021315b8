// Who is told how far reads are.
//
// A thread may have one Progress; it is told of the reads of that thread, on that thread, between
// two turns of a loop, and never under the library lock unless the caller holds it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/thread_pool.hpp"

namespace hyperslab::engine {

class Progress {
public:
    virtual ~Progress() = default;

    /// A read begins.
    /// \param total  bytes that it gives
    virtual void begin(std::uint64_t total) = 0;

    /// So many bytes are there. What it throws ends the read.
    virtual void reached(std::uint64_t bytes) = 0;

    /// The read has ended.
    /// \param complete  false when it failed; then nothing may be thrown
    virtual void end(bool complete) = 0;
};

/// When to tell: after a time, and then ten times a second.
class ProgressClock {
public:
    using Seconds = std::chrono::duration<double>;

    explicit ProgressClock(Seconds after) : after_(after) {}

    void begin();
    bool is_time();
    bool has_been_time() const { return told_; }

private:
    using Clock = std::chrono::steady_clock;

    Seconds after_;
    Clock::time_point next_{};
    bool told_ = false;
};

/// That of the calling thread; null: none.
/// \returns the one before
Progress* set_progress(Progress* progress);
Progress* progress_of_thread();

/// Tells of one read, while it lives. Reads inside of it are not told of.
class ToldRead final : public core::LoopObserver {
public:
    explicit ToldRead(std::uint64_t total);
    ~ToldRead();
    ToldRead(const ToldRead&) = delete;
    ToldRead& operator=(const ToldRead&) = delete;

    void reached(std::size_t done, std::size_t count) override;

    /// Everything has been read.
    void finish();

private:
    Progress* const progress_;
    const std::uint64_t total_;
    core::LoopObserver* observer_before_ = nullptr;
    bool ended_ = false;
};

}  // namespace hyperslab::engine
