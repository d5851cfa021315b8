// Threads that do pieces of work while their maker prepares the next ones.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hyperslab::apps::h5boss {

class Crew {
public:
    /// As many helpers as the machine has processors beside the caller's.
    Crew();
    /// Ends after what is being done; the rest is left undone.
    ~Crew();
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    /// Leaves a piece of work to the helpers.
    /// \throws the first error of a piece before; std::runtime_error after Ctrl-C
    void add(std::function<void()> work);

    /// Does what is left together with the helpers, and waits for all of it.
    /// \throws the first error of any piece
    void finish();

private:
    bool take_one(bool waiting);
    void rethrow();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> work_;
    std::size_t running_ = 0;
    bool ended_ = false;
    std::exception_ptr error_;
    std::vector<std::thread> helpers_;
};

}  // namespace hyperslab::apps::h5boss
