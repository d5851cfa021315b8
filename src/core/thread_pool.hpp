// Work on all cores: a loop whose turns do not depend on each other.
//
// Threads are made when they are first needed and stay; a child of fork() makes its own. The caller
// takes part, so a loop always gets on, however many callers share the threads. Those that help
// stay away while as many run as may: callers that come at once do not multiply the threads. A loop
// inside a turn of another runs on one thread.
#pragma once

#include <cstddef>
#include <functional>

#include "core/turn.hpp"

namespace hyperslab::core {

/// Threads that a loop may use, the caller included: what limits the calling thread, else what
/// set_thread_count() said, else the environment variable HYPERSLAB_NUM_THREADS, else the
/// processors that this process may use.
std::size_t thread_count();

/// 0: as if it had never been set.
void set_thread_count(std::size_t count);

/// Another number for the loops of the calling thread; 0: none.
/// \returns the one before
std::size_t set_thread_limit(std::size_t count);

/// Calls turn(i) for every i below `count`, in about that order, each once.
///
/// The first exception ends the loop: turns under way are finished, no others begun, and it is
/// thrown here.
void parallel_for(std::size_t count, const Turn& turn);

/// The same for turns that leave something behind: take(i) is called after turn(i), in order and on
/// the calling thread, while later turns are under way. After an exception nothing is taken.
void ordered_for(std::size_t count, const Turn& turn, const Turn& take);

/// As parallel_for, on the calling thread alone.
void serial_for(std::size_t count, const Turn& turn);

/// As parallel_for, for turns that take long: the caller takes none and waits, so that the poll
/// comes in time.
/// \param abandon  what the poll throws is thrown at once, while other threads may still be in a
///     turn; `turn` and what it owns live on until they are done
void watched_for(std::size_t count, Turn turn, bool abandon);

/// A loop that nobody knows the end of: calls turn() on the calling thread while it returns true.
void serial_while(const std::function<bool()>& turn);

/// A function that every loop calls on its caller's thread, now and then, between turns; what it
/// throws ends the loop. Python looks for Ctrl-C there.
void set_loop_poll(void (*poll)());

/// Is told, at the same times and also on its own thread, how far a loop is; what it throws ends
/// the loop too.
class LoopObserver {
public:
    /// \param done  turns out of `count`
    virtual void reached(std::size_t done, std::size_t count) = 0;

protected:
    ~LoopObserver() = default;
};

/// The observer of the calling thread's loops; null: none.
/// \returns the one before
LoopObserver* set_loop_observer(LoopObserver* observer);

}  // namespace hyperslab::core
