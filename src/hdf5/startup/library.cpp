// Starting libhdf5: the lock calls these functions before the first use (lock_duties.hpp).

#include "hdf5/call/capi.hpp"
#include "hdf5/call/lock_duties.hpp"
#include "hdf5/startup/at_exit.hpp"
#include "hdf5/startup/lzf_filter.hpp"
#include "hdf5/types/conversions.hpp"

namespace hyperslab::hdf5 {

namespace {

// The number of bytes of freed memory that libhdf5 keeps of each kind, to use them again. Its own
// limit of 1 MB is less than the metadata of some thousand objects takes, so that it gives all of
// it back to the system again and again while such objects are made.
constexpr int kKeptBytes = 64 << 20;

}  // namespace

// Switches off printing of errors and clean-up at exit. Closing is explicit here, and libhdf5's own
// clean-up would use the remains of a file whose disk was full.
void initialize_library() {
    H5dont_atexit();
    close_files_at_exit();
    H5open();
    H5set_free_list_limits(kKeptBytes, kKeptBytes, kKeptBytes, kKeptBytes, kKeptBytes, kKeptBytes);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    register_lzf_filter();
    register_conversions();
}

// In a thread-safe libhdf5 each thread has an error stack of its own, which prints by default.
void initialize_thread() {
#if defined(H5_HAVE_THREADSAFE) || defined(H5_HAVE_THREADSAFE_API)
    thread_local bool done = false;
    if (!done) {
        done = true;
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    }
#endif
}

}  // namespace hyperslab::hdf5
