// The words for a file that could not be locked.
#pragma once

namespace hyperslab::hdf5 {

inline constexpr const char* kLockingHint =
    ". HDF5 locks a file while it is open; this one is open elsewhere, or its file system has no "
    "locks. Two settings turn locking off: File(..., locking=False) and the environment variable "
    "HDF5_USE_FILE_LOCKING=FALSE";

}  // namespace hyperslab::hdf5
