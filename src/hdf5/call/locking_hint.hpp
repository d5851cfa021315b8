// The words for a file that could not be locked.
#pragma once

#include <cstring>
#include <string>

#include "core/dialect.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {

inline std::string locking_hint() {
    return std::string(
               ". HDF5 locks a file while it is open; this one is open elsewhere, or its file "
               "system "
               "has no locks. Two settings turn locking off: ") +
           core::say("FileOptions::locking = FileLocking::off", "File(..., locking=False)") +
           " and the environment variable HDF5_USE_FILE_LOCKING=FALSE";
}

/// libhdf5's words with the hint, where libhdf5 is not asked. `done` is "open" or "create".
inline Error locking_error(const std::string& done, const std::string& name, int reason) {
    return {ErrorCode::io,
            "Unable to synchronously " + done + " file (unable to lock file, errno = " +
                std::to_string(reason) + ", error message = '" + std::strerror(reason) +
                "'); asked for file '" + name + "', which is left as it was" + locking_hint(),
            reason};
}

}  // namespace hyperslab::hdf5
