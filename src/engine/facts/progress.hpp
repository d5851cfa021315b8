// Reports of how far reads and writes are.
//
// A thread may have one Progress. It gets the reports of the reads and writes of that thread, on
// that thread, between two turns of a loop. A read is not under the library lock then, unless the
// caller holds it; a write is. What a report calls is not reported itself.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/thread_pool.hpp"

namespace hyperslab::engine {

enum class ProgressKind { reading, writing, copying };

class Progress {
public:
    virtual ~Progress() = default;

    /// Is called when a read, a write or a copy begins.
    /// \param total  its bytes; empty optional when it is not known how many will come
    virtual void begin(ProgressKind kind, std::optional<std::uint64_t> total) = 0;

    /// Is called when `bytes` bytes are done. An exception of it ends what is reported.
    virtual void reached(std::uint64_t bytes) = 0;

    /// Is called at the end.
    /// \param complete  false when it failed; then nothing may be thrown
    /// \param bytes  those that were done
    virtual void end(bool complete, std::uint64_t bytes) = 0;
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

/// Reports one read or write while it lives. What is read or written inside of it, under a report
/// of the same kind, is a part of it.
class ProgressReport final : public core::LoopObserver {
public:
    /// Whether a report of that kind made now would report anything.
    static bool is_wanted(ProgressKind kind);
    /// Whether the calling thread is inside of a report.
    static bool is_active();

    ProgressReport(ProgressKind kind, std::optional<std::uint64_t> total);
    ~ProgressReport();
    ProgressReport(const ProgressReport&) = delete;
    ProgressReport& operator=(const ProgressReport&) = delete;

    void reached(std::size_t done, std::size_t count) override;

    /// Reports that everything has been done.
    void finish();

private:
    void reach(std::uint64_t bytes);

    const ProgressKind kind_;
    const std::optional<std::uint64_t> total_;
    ProgressReport* const around_;
    Progress* const progress_;
    ProgressReport* outer_ = nullptr;  ///< what this is a part of
    core::LoopObserver* observer_before_ = nullptr;
    std::uint64_t done_ = 0;  ///< the bytes of the parts that are done
    bool ended_ = false;
};

}  // namespace hyperslab::engine
