#include "engine/facts/progress.hpp"

#include <algorithm>
#include <utility>

namespace hyperslab::engine {
namespace {

constexpr std::chrono::milliseconds kInterval{100};

thread_local Progress* own_progress = nullptr;
thread_local ProgressReport* innermost = nullptr;

/// While it lives, nothing is a part of a report.
class OutsideOfReports {
public:
    OutsideOfReports() = default;
    ~OutsideOfReports() { innermost = before_; }
    OutsideOfReports(const OutsideOfReports&) = delete;
    OutsideOfReports& operator=(const OutsideOfReports&) = delete;

private:
    ProgressReport* before_ = std::exchange(innermost, nullptr);
};

}  // namespace

void ProgressClock::begin() {
    has_reported_ = false;
    next_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(after_);
}

bool ProgressClock::is_time() {
    const Clock::time_point now = Clock::now();
    if (now < next_) {
        return false;
    }
    next_ = now + kInterval;
    has_reported_ = true;
    return true;
}

Progress* set_progress(Progress* progress) { return std::exchange(own_progress, progress); }

Progress* progress_of_thread() { return own_progress; }

bool ProgressReport::is_wanted(ProgressKind kind) {
    return own_progress != nullptr || (innermost != nullptr && innermost->kind_ == kind);
}

bool ProgressReport::is_active() { return innermost != nullptr; }

ProgressReport::ProgressReport(ProgressKind kind, std::optional<std::uint64_t> total)
    : kind_(kind), total_(total), around_(innermost), progress_(set_progress(nullptr)) {
    if (progress_ != nullptr) {
        progress_->begin(kind, total);
    } else if (around_ != nullptr && around_->kind_ == kind) {
        outer_ = around_;
    } else {
        return;
    }
    innermost = this;
    observer_before_ = core::set_loop_observer(this);
}

ProgressReport::~ProgressReport() {
    if (innermost == this) {
        core::set_loop_observer(observer_before_);
        innermost = around_;
    }
    if (progress_ != nullptr) {
        set_progress(progress_);
        if (!ended_) {
            progress_->end(false, done_);
        }
    }
}

void ProgressReport::reached(std::size_t done, std::size_t count) {
    const auto part =
        static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(count, 1));
    const double all = static_cast<double>(total_.value_or(0));
    reach(std::max(done_, static_cast<std::uint64_t>(part * all)));
}

void ProgressReport::reach(std::uint64_t bytes) {
    const std::uint64_t within = total_ ? std::min(bytes, *total_) : bytes;
    if (outer_ != nullptr) {
        outer_->reach(outer_->done_ + within);
    } else if (progress_ != nullptr) {
        const OutsideOfReports outside;
        progress_->reached(within);
    }
}

void ProgressReport::finish() {
    const std::uint64_t bytes = total_.value_or(done_);
    if (outer_ != nullptr) {
        outer_->done_ += bytes;
        outer_->reach(outer_->done_);
    } else if (progress_ != nullptr) {
        const OutsideOfReports outside;
        ended_ = true;
        progress_->end(true, bytes);
    }
}

}  // namespace hyperslab::engine
