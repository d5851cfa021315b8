// The threads of a process that shares its machine with others of the same program.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "core/processors.hpp"
#include "core/thread_pool.hpp"

namespace hyperslab::engine {

/// While it exists, loops of the calling thread use no more threads than are this process's part of
/// the machine's processors, unless the program or the environment has said how many.
class ThreadShare {
public:
    explicit ThreadShare(unsigned processes_here) {
        const std::size_t threads = core::thread_count();
        if (processes_here > 1 && threads > 1 && threads == core::processors()) {
            before_ = core::set_thread_limit(std::max<std::size_t>(threads / processes_here, 1));
            is_set_ = true;
        }
    }
    ~ThreadShare() {
        if (is_set_) {
            core::set_thread_limit(before_);
        }
    }
    ThreadShare(const ThreadShare&) = delete;
    ThreadShare& operator=(const ThreadShare&) = delete;

private:
    std::size_t before_ = 0;
    bool is_set_ = false;
};

}  // namespace hyperslab::engine
