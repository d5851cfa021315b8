// Ctrl-C and termination: what was begun is dropped, and no half-written file is left.
#pragma once

#include <stdexcept>
#include <string>

namespace hyperslab::apps::h5boss {

/// The program was asked to stop.
class Interrupted : public std::runtime_error {
public:
    explicit Interrupted(int signal);
    int signal() const { return signal_; }

private:
    int signal_;
};

/// From now on SIGINT and SIGTERM end the program at the next stop_if_interrupted(). A second
/// signal ends it at once, after unlinking the temporary file.
void catch_signals();

/// \throws Interrupted when a signal has come
void stop_if_interrupted();

/// The temporary file that a second signal unlinks.
void forget_on_signal(const std::string& path);

}  // namespace hyperslab::apps::h5boss
