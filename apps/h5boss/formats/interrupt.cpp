#include "h5boss/formats/interrupt.hpp"

#include <csignal>
#include <cstring>

#include <unistd.h>

namespace hyperslab::apps::h5boss {
namespace {

volatile std::sig_atomic_t caught = 0;
char temporary[4096] = "";

void on_signal(int signal) {
    if (caught != 0) {
        ::unlink(temporary);
        ::_exit(128 + signal);
    }
    caught = signal;
}

}  // namespace

Interrupted::Interrupted(int signal)
    : std::runtime_error("interrupted; nothing was changed"), signal_(signal) {}

void catch_signals() {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

void stop_if_interrupted() {
    if (caught != 0) {
        throw Interrupted(caught);
    }
}

void forget_on_signal(const std::string& path) {
    if (path.size() < sizeof temporary) {
        std::memcpy(temporary, path.c_str(), path.size() + 1);
    }
}

}  // namespace hyperslab::apps::h5boss
