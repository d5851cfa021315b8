#include "hdf5/drivers/truncate_guard.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

#include "core/file_descriptor.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/locking_hint.hpp"

namespace hyperslab::hdf5 {
namespace {

struct Locking {
    bool used;
    bool best_effort;  // whether a file system without locks is accepted
};

// The environment variable has precedence over the property list, as in libhdf5.
Locking locking_of(Id fapl) {
    if (const char* setting = std::getenv("HDF5_USE_FILE_LOCKING")) {
        const std::string_view value = setting;
        if (value == "FALSE" || value == "0") {
            return {false, false};
        }
        if (value == "BEST_EFFORT") {
            return {true, true};
        }
        if (value == "TRUE" || value == "1") {
            return {true, false};
        }
    }
    hbool_t used = true;
    hbool_t best_effort = true;
    H5Pget_file_locking(fapl, &used, &best_effort);
    return {used, best_effort};
}

}  // namespace

unsigned truncate_if_free(const char* name, unsigned flags, Id fapl) {
    if ((flags & H5F_ACC_TRUNC) == 0) {
        return flags;
    }
    const Locking locking = locking_of(fapl);
    const core::FileDescriptor file(::open(locking.used ? name : "", O_RDWR | O_CLOEXEC));
    if (!file.is_open()) {  // libhdf5 reports what is wrong, if anything is
        return flags;
    }
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        if (reason != ENOSYS || !locking.best_effort) {
            throw locking_error("create", name, reason);
        }
    }
    return ::ftruncate(file.number(), 0) == 0 ? flags & ~unsigned{H5F_ACC_TRUNC} : flags;
}

}  // namespace hyperslab::hdf5
