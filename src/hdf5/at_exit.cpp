#include "hdf5/at_exit.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "hdf5/byte_device.hpp"
#include "hdf5/device_failure.hpp"
#include "hdf5/h5f.hpp"
#include "hdf5/h5p.hpp"
#include "hdf5/lock.hpp"

namespace hyperslab::hdf5 {
namespace {

// A thread that still works with libhdf5 is waited for, but one that will never let go must not
// keep the process alive.
constexpr std::chrono::seconds kPatience{5};

std::vector<Id> open_files() {
    return h5f::object_ids(static_cast<Id>(h5f::kObjectAll), h5f::kObjectFile);
}

void tell(const std::string& name, const char* reason) {
    std::fprintf(stderr,
                 "hyperslab: file '%s' was open at exit and could not be closed: %s\n",
                 name.c_str(),
                 reason);
}

void close_and_tell(Id file) {
    const std::string name = h5f::name(file);
    try {
        h5f::close_with_objects(file);
    } catch (const std::exception& failure) {
        tell(name, failure.what());
    }
}

void close_all_files() noexcept {
    LibraryLock& lock = library_lock();
    if (!lock.acquire_within(kPatience)) {
        std::fputs(
            "hyperslab: a thread was still using HDF5 at exit: open files stay as they are\n",
            stderr);
        return;
    }
    try {
        for (const Id file : open_files()) {
            close_and_tell(file);
        }
    } catch (const std::exception& failure) {
        tell("?", failure.what());
    }
    lock.release();
}

bool is_on_device(Id file) {
    return h5p::get_driver(h5f::access_plist(file).id()) == device_driver();
}

}  // namespace

void close_files_at_exit() { std::atexit(close_all_files); }

void close_files_on_devices() {
    const LockGuard guard;
    if (device_files_open() == 0) {
        return;
    }
    for (const Id file : open_files()) {
        if (!is_on_device(file)) {
            continue;
        }
        try {
            h5f::close_with_objects(file);
        } catch (...) {
            report_failure(std::current_exception());
        }
    }
}

}  // namespace hyperslab::hdf5
