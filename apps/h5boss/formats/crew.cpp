#include "h5boss/formats/crew.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "shared/interruption.hpp"

namespace hyperslab::apps::h5boss {

Crew::Crew() {
    const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 1; i < processors; ++i) {
        helpers_.emplace_back([this] {
            while (take_one(true)) {
            }
        });
    }
}

Crew::~Crew() {
    {
        const std::scoped_lock lock(mutex_);
        ended_ = true;
        work_.clear();
    }
    changed_.notify_all();
    for (std::thread& helper : helpers_) {
        helper.join();
    }
}

void Crew::add(std::function<void()> work) {
    if (interrupted()) {
        throw std::runtime_error("interrupted; nothing was changed");
    }
    {
        const std::scoped_lock lock(mutex_);
        rethrow();
        work_.push_back(std::move(work));
    }
    changed_.notify_one();
}

void Crew::finish() {
    while (take_one(false)) {
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return work_.empty() && running_ == 0; });
    rethrow();
}

/// Does one piece of work.
/// \param waiting  whether to wait for one when there is none
/// \returns whether there may be more
bool Crew::take_one(bool waiting) {
    std::function<void()> work;
    {
        std::unique_lock lock(mutex_);
        if (waiting) {
            changed_.wait(lock, [this] { return ended_ || !work_.empty(); });
        }
        if (work_.empty()) {
            return false;
        }
        work = std::move(work_.front());
        work_.pop_front();
        ++running_;
    }
    std::exception_ptr error;
    try {
        if (interrupted()) {
            throw std::runtime_error("interrupted; nothing was changed");
        }
        work();
    } catch (...) {
        error = std::current_exception();
    }
    {
        const std::scoped_lock lock(mutex_);
        --running_;
        if (error) {
            error_ = error_ ? error_ : error;
            work_.clear();
        }
    }
    changed_.notify_all();
    return true;
}

void Crew::rethrow() {
    if (error_) {
        std::rethrow_exception(error_);
    }
}

}  // namespace hyperslab::apps::h5boss
