#include "hdf5/startup/at_exit.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/device_failure.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_meetings.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

// A thread that still works with libhdf5 is waited for, but one that will never let go must not
// keep the process alive.
constexpr std::chrono::seconds kPatience{5};

// The file of an object. The handle is null for an object in no file, and for one that was closed
// with an earlier file.
Handle file_of(Id object) {
    try {
        return h5i::valid(object) ? h5i::file(object) : Handle();
    } catch (const Error&) {
        return {};
    }
}

// Calls close(file) for each open file, also one that only an object keeps open.
template <class Close>
void for_each_open_file(Close&& close) {
    for (const Id id : h5f::object_ids(static_cast<Id>(h5f::kObjectAll), h5f::kObjectAll)) {
        if (Handle file = file_of(id)) {
            close(std::move(file));
        }
    }
}

void tell(const std::string& name, const char* reason) {
    std::fprintf(stderr,
                 "hyperslab: file '%s' was open at exit and could not be closed: %s\n",
                 name.c_str(),
                 reason);
}

void close_and_tell(Handle file) {
    const std::string name = h5f::name(file.id());
    if (is_replacement(file.id())) {  // nobody knows whether it is complete
        h5f::discard(file.release());
        tell(name, "what was written to replace it as a whole is dropped");
        return;
    }
    try {
        h5f::close_with_objects(file.release());
    } catch (const std::exception& failure) {
        tell(name, failure.what());
    }
}

// The files of which other processes have to be met, each once.
std::vector<Handle> files_closed_together() {
    std::vector<Handle> files;
    for_each_open_file([&](Handle file) {
        const auto is_same = [&](const Handle& other) { return other.id() == file.id(); };
        if (is_closed_together(file.id()) && std::ranges::none_of(files, is_same)) {
            files.push_back(std::move(file));
        }
    });
    return files;
}

// Other processes may close theirs in another order, or one by one while they still work with
// others.
void close_parallel_files() {
    std::vector<Handle> files = files_closed_together();
    while (!files.empty()) {
        std::vector<Id> ids;
        std::ranges::transform(files, std::back_inserter(ids), &Handle::id);
        const std::size_t next = meet_to_close_one(ids);
        close_and_tell(std::move(files[next]));
        files = files_closed_together();
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
        if (parallel_files_possible()) {
            close_parallel_files();
        }
        for_each_open_file(close_and_tell);
    } catch (const std::exception& failure) {
        tell("?", failure.what());
    }
    lock.release();
}

// The access list of a parallel file is not asked for: its processes copy the communicator then.
bool is_on_device(Id file) {
    return communicator_of(file) == 0 &&
           h5p::get_driver(h5f::access_plist(file).id()) == device_driver();
}

}  // namespace

// A parallel file can be closed as long as MPI runs; what is open then is closed by all processes.
void close_files_at_exit() {
    std::atexit(close_all_files);
    set_hook_of_mpi_end(close_all_files);
}

void close_files_on_devices() {
    const LockGuard guard;
    if (device_files_open() == 0) {
        return;
    }
    for_each_open_file([](Handle file) {
        if (is_on_device(file.id())) {
            try {
                h5f::close_with_objects(file.release());
            } catch (...) {
                report_failure(std::current_exception());
            }
        }
    });
}

}  // namespace hyperslab::hdf5
