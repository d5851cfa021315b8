#include "hdf5/handle.hpp"

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/closings.hpp"
#include "hdf5/device_failure.hpp"
#include "hdf5/h5i.hpp"
#include "hdf5/kept_files.hpp"

namespace hyperslab::hdf5 {

bool give_up(Id id) noexcept {
    const InsideLibrary inside;
    if (h5i::kind(id) == h5i::Type::file) {
        count_closing();
        if (keep_last_reference(id)) {
            return true;
        }
    }
    if (H5Idec_ref(id) < 0) {
        H5I_remove(id);
        return false;
    }
    close_kept_files();
    return true;
}

Handle Handle::borrow(Id id) {
    check({id}, [&] { return H5Iinc_ref(id); });
    return Handle(id);
}

Handle::Handle(const Handle& other) : id_(other ? borrow(other.id_).release() : other.id()) {}

bool Handle::valid() const {
    if (id_ <= 0) {
        return false;
    }
    const LockGuard guard;
    return H5Iis_valid(id_) > 0;
}

void Handle::close() {
    const Id id = id_.exchange(kInvalidId);  // several threads may close it; one does
    if (id <= 0) {
        return;
    }
    const LockGuard guard;
    if (H5Iis_valid(id) > 0) {
        close_checked({}, id);
    }
}

void Handle::drop() noexcept {
    const Id id = release();
    if (id <= 0) {
        return;
    }
    LibraryLock& lock = library_lock();
    // A destructor never waits: whoever holds the lock closes this one on letting go.
    if (!lock.try_acquire()) {
        lock.close_later(id);
        return;
    }
    if (lock.may_close()) {
        give_up(id);
        report_final_device_failure();
    } else {
        lock.close_later(id);
    }
    lock.release();
}

}  // namespace hyperslab::hdf5
