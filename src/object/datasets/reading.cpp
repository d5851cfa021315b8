#include "hyperslab/reading.hpp"

#include <cstdint>
#include <optional>
#include <utility>

#include "core/thread_pool.hpp"
#include "engine/facts/progress.hpp"

namespace hyperslab {

std::size_t num_threads() { return core::thread_count(); }
void set_num_threads(std::size_t count) { core::set_thread_count(count); }

ThreadLimit::ThreadLimit(std::size_t count) : before_(core::set_thread_limit(count)) {}
ThreadLimit::~ThreadLimit() { core::set_thread_limit(before_); }

class ProgressScope::Reporter final : public engine::Progress {
public:
    Reporter(Report report, std::chrono::duration<double> after)
        : report_(std::move(report)), clock_(after), before_(engine::set_progress(this)) {}
    ~Reporter() override { engine::set_progress(before_); }
    Reporter(const Reporter&) = delete;
    Reporter& operator=(const Reporter&) = delete;

    void begin(engine::ProgressKind /*kind*/, std::optional<std::uint64_t> total) override {
        total_ = total.value_or(0);
        clock_.begin();
    }
    void reached(std::uint64_t bytes) override {
        if (clock_.is_time()) {
            report_(bytes, total_);
        }
    }
    void end(bool complete, std::uint64_t bytes) override {
        if (complete && clock_.has_been_time()) {
            report_(bytes, total_);
        }
    }

private:
    Report report_;
    engine::ProgressClock clock_;
    engine::Progress* before_;
    std::uint64_t total_ = 0;
};

ProgressScope::ProgressScope(Report report, std::chrono::duration<double> after)
    : reporter_(std::make_unique<Reporter>(std::move(report), after)) {}
ProgressScope::~ProgressScope() = default;

}  // namespace hyperslab
