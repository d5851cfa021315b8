#include "engine/facts/progress.hpp"

#include <utility>

namespace hyperslab::engine {
namespace {

constexpr std::chrono::milliseconds kInterval{100};

thread_local Progress* own_progress = nullptr;

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

ProgressReport::ProgressReport(std::uint64_t total)
    : progress_(set_progress(nullptr)), total_(total) {
    if (progress_ != nullptr) {
        progress_->begin(total);
        observer_before_ = core::set_loop_observer(this);
    }
}

ProgressReport::~ProgressReport() {
    if (progress_ != nullptr) {
        core::set_loop_observer(observer_before_);
        set_progress(progress_);
        if (!ended_) {
            progress_->end(false);
        }
    }
}

void ProgressReport::reached(std::size_t done, std::size_t count) {
    const auto part = static_cast<double>(done) / static_cast<double>(count);
    progress_->reached(static_cast<std::uint64_t>(part * static_cast<double>(total_)));
}

void ProgressReport::finish() {
    if (progress_ != nullptr) {
        ended_ = true;
        progress_->end(true);
    }
}

}  // namespace hyperslab::engine
