#include "hdf5/truncate_guard.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/h5f.hpp"
#include "hdf5/h5p_driver.hpp"
#include "hdf5/locking_hint.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

bool locks_a_plain_file(Id fapl) {
    if (fapl == kDefault) {
        return true;
    }
    const Id driver = h5p::get_driver(fapl);
    return driver == H5FD_SEC2 || driver == H5FD_STDIO;
}

// The environment variable wins over the property list, as in libhdf5.
bool locking_enabled(Id fapl) {
    if (const char* setting = std::getenv("HDF5_USE_FILE_LOCKING")) {
        const std::string_view value = setting;
        if (value == "FALSE" || value == "0") {
            return false;
        }
        if (value == "TRUE" || value == "1" || value == "BEST_EFFORT") {
            return true;
        }
    }
    if (fapl == kDefault) {
        return true;
    }
    hbool_t use = true;
    hbool_t ignore_when_disabled = true;
    check({}, [&] { return H5Pget_file_locking(fapl, &use, &ignore_when_disabled); });
    return use;
}

// libhdf5 knows that by itself, and refuses before it truncates.
bool open_in_this_process(const std::string& name) {
    struct stat wanted{};
    if (::stat(name.c_str(), &wanted) != 0) {
        return false;
    }
    const std::vector<Id> files = h5f::object_ids(static_cast<Id>(H5F_OBJ_ALL), h5f::kObjectFile);
    return std::ranges::any_of(files, [&](Id file) {
        struct stat found{};
        return ::stat(h5f::name(file).c_str(), &found) == 0 && found.st_dev == wanted.st_dev &&
               found.st_ino == wanted.st_ino;
    });
}

}  // namespace

void require_truncatable(const std::string& name, Id fapl) {
    if (!locks_a_plain_file(fapl) || !locking_enabled(fapl)) {
        return;
    }
    const int descriptor = ::open(name.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return;  // new or not ours to open: libhdf5 says so in its own words
    }
    const int result = ::flock(descriptor, LOCK_EX | LOCK_NB);
    const int reason = result == 0 ? 0 : errno;
    ::close(descriptor);
    // Only "held by somebody" counts; a file system without locks is libhdf5's to judge.
    if (reason == EWOULDBLOCK && !open_in_this_process(name)) {
        throw Error(ErrorCode::io,
                    "Unable to synchronously create file (unable to lock file, errno = " +
                        std::to_string(reason) + ", error message = '" + std::strerror(reason) +
                        "'); asked for file '" + name + "', which is left as it was" + kLockingHint,
                    reason);
    }
}

}  // namespace hyperslab::hdf5
