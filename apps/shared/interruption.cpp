#include "shared/interruption.hpp"

#include <csignal>

namespace hyperslab::apps {
namespace {

volatile std::sig_atomic_t received = 0;

extern "C" void remember_signal(int signal) {
    received = signal;
    std::signal(signal, SIG_DFL);
}

}  // namespace

void watch_interruptions() {
    std::signal(SIGINT, remember_signal);
    std::signal(SIGTERM, remember_signal);
}

bool interrupted() { return received != 0; }

int interruption_status() { return 128 + received; }

}  // namespace hyperslab::apps
