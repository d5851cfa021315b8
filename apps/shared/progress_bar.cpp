#include "shared/progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "shared/output.hpp"

namespace hyperslab::apps {
namespace {

constexpr int kWidth = 30;
constexpr auto kPause = std::chrono::milliseconds(100);

}  // namespace

ProgressBar::ProgressBar(const std::string& what, std::uint64_t total)
    : what_(printable(what)),
      total_(std::max<std::uint64_t>(1, total)),
      shown_(::isatty(STDERR_FILENO) != 0),
      begin_(std::chrono::steady_clock::now()),
      drawn_(begin_) {}

ProgressBar::~ProgressBar() {
    if (visible_) {
        std::fputs("\r\x1b[K", stderr);
        std::fflush(stderr);
    }
}

void ProgressBar::advance(std::uint64_t steps) {
    const std::uint64_t done = done_ += steps;
    if (!shown_) {
        return;
    }
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock() && std::chrono::steady_clock::now() - drawn_ >= kPause) {
        draw(std::min(done, total_));
    }
}

void ProgressBar::draw(std::uint64_t done) {
    drawn_ = std::chrono::steady_clock::now();
    visible_ = true;
    const double share = static_cast<double>(done) / static_cast<double>(total_);
    const double seconds = std::chrono::duration<double>(drawn_ - begin_).count();
    const auto full = static_cast<std::size_t>(share * kWidth);
    std::fprintf(stderr,
                 "\r%s [%s%s] %3.0f %%, %.0f s left\x1b[K",
                 what_.c_str(),
                 std::string(full, '#').c_str(),
                 std::string(kWidth - full, ' ').c_str(),
                 100 * share,
                 share > 0 ? seconds / share - seconds : 0.0);
    std::fflush(stderr);
}

}  // namespace hyperslab::apps
