// Work on all cores: a loop whose turns do not depend on each other.
//
// Threads are made when they are first needed and stay; a child of fork() makes its own. The caller
// takes part, so a loop always gets on, however many callers share the threads. A loop inside a
// turn of another runs on one thread.
#pragma once

#include <cstddef>
#include <functional>

namespace hyperslab::core {

/// Threads that a loop may use, the caller included: what set_thread_count() said, else the
/// environment variable HYPERSLAB_NUM_THREADS, else the processors this process may run on.
std::size_t thread_count();

/// 0: as if it had never been set.
void set_thread_count(std::size_t count);

/// Calls turn(i) for every i below `count`, in about that order, each once.
///
/// The first exception ends the loop: turns under way are finished, no others begun, and it is
/// thrown here.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& turn);

/// The same on the calling thread alone.
void serial_for(std::size_t count, const std::function<void(std::size_t)>& turn);

/// A loop that nobody knows the end of: calls turn() on the calling thread while it returns true.
void serial_while(const std::function<bool()>& turn);

/// A function that every loop calls on its caller's thread, now and then, between turns; what it
/// throws ends the loop. Python looks for Ctrl-C there.
void set_loop_poll(void (*poll)());

}  // namespace hyperslab::core
