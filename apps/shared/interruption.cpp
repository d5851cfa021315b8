#include "shared/interruption.hpp"

#include <unistd.h>

#include <csignal>
#include <cstring>

namespace hyperslab::apps {
namespace {

volatile std::sig_atomic_t received = 0;
char temporary[4096] = "";

extern "C" void remember_signal(int signal) {
    if (received != 0) {
        ::unlink(temporary);
        ::_exit(128 + signal);
    }
    received = signal;
}

}  // namespace

void watch_interruptions() {
    std::signal(SIGINT, remember_signal);
    std::signal(SIGTERM, remember_signal);
}

bool interrupted() { return received != 0; }

int interruption_status() { return 128 + received; }

void remove_on_second_signal(const std::string& path) {
    if (path.size() < sizeof temporary) {
        std::memcpy(temporary, path.c_str(), path.size() + 1);
    }
}

}  // namespace hyperslab::apps
