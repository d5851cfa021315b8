// Work on all cores: a loop whose turns do not depend on each other.
//
// Threads are made when they are first needed and then kept; a child of fork() makes its own. The
// caller takes part, so a loop always makes progress, however many callers share the threads.
// Helpers do not join once the limit is reached, so callers that come at the same time do not
// multiply the threads. A loop inside a turn of another loop runs on one thread.
#pragma once

#include <cstddef>
#include <functional>

#include "core/turn.hpp"

namespace hyperslab::core {

/// The number of threads that a loop may use, with the caller. It is the limit of the calling
/// thread, else the number given to set_thread_count(), else the environment variable
/// HYPERSLAB_NUM_THREADS, else the number of processors that this process may use.
std::size_t thread_count();

/// Sets the number of threads for loops of all threads; 0 takes it back.
void set_thread_count(std::size_t count);

/// Sets another number for the loops of the calling thread; 0 takes it back.
/// \returns the one before
std::size_t set_thread_limit(std::size_t count);

/// Calls turn(i) for every i below `count`, in about that order, each once.
///
/// The first exception ends the loop: turns under way are finished, no others begun, and it is
/// thrown here.
void parallel_for(std::size_t count, const Turn& turn);

/// Calls turn(i) as parallel_for does, and take(i) afterwards, in the order of i and on the calling
/// thread, while later turns are under way. After an exception take() is not called again.
void ordered_for(std::size_t count, const Turn& turn, const Turn& take);

/// Calls turn(i) for every i below `count` on the calling thread alone.
void serial_for(std::size_t count, const Turn& turn);

/// Calls turn(i) as parallel_for does, for turns that take long. The caller takes no turn but
/// waits, so that it polls in time.
/// \param abandon  whether an exception of the poll is thrown at once, while other threads may
///     still be in a turn; `turn` and what it owns live until these are done
void watched_for(std::size_t count, Turn turn, bool abandon);

/// Calls turn(i) as watched_for does, and take(i) afterwards, in the order of i and on the calling
/// thread, which takes what is there when it polls. After an exception take() is not called again.
void watched_ordered_for(std::size_t count, Turn turn, const Turn& take, bool abandon);

/// Calls turn() on the calling thread while it returns true: a loop whose end is not known before.
void serial_while(const std::function<bool()>& turn);

/// Sets a function that every loop calls on its caller's thread, at intervals, between turns. An
/// exception of it ends the loop. Python looks for Ctrl-C there.
void set_loop_poll(void (*poll)());

/// Gets reports of how far a loop is, at the intervals of the loop poll and on the caller's thread.
/// An exception of it ends the loop.
class LoopObserver {
public:
    /// \param done  the number of turns that are done, out of `count`
    virtual void reached(std::size_t done, std::size_t count) = 0;

protected:
    ~LoopObserver() = default;
};

/// Sets the observer of the calling thread's loops; null for no observer.
/// \returns the one before
LoopObserver* set_loop_observer(LoopObserver* observer);

}  // namespace hyperslab::core
