#include "hdf5/call/handle.hpp"

#include <exception>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/device_failure.hpp"
#include "hdf5/call/kept_files.hpp"
#include "hdf5/call/last_close.hpp"
#include "hdf5/call/lock_duties.hpp"
#include "hdf5/changes/closings.hpp"

namespace hyperslab::hdf5 {

bool may_give_up(Id id) noexcept {
    const LastCloseHook hook = detail::last_close_hook.load(std::memory_order_acquire);
    return hook == nullptr || H5Iget_ref(id) != 1 || hook(id);
}

bool give_up(Id id) noexcept {
    const LockGuard guard;
    if (!may_give_up(id)) {
        return true;
    }
    const InsideLibrary inside;
    if (kind(id) == H5I_FILE) {
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

namespace {

// Where nobody hears an exception, as in destructors. A file that cannot be closed has lost what
// was not yet written. libhdf5 knows of it where its own driver wrote; the device tells elsewhere.
void give_up_and_report(Id id) noexcept {
    const bool is_file = kind(id) == H5I_FILE && H5Iis_valid(id) > 0;
    if (!give_up(id) && is_file) {
        try {
            throw_error_stack({});
        } catch (const std::exception&) {
            report_failure(std::current_exception());
        }
    }
    report_final_device_failure();
}

}  // namespace

void close_put_aside(Id id) noexcept { give_up_and_report(id); }

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
    const Id id = id_.exchange(kInvalidId);  // several threads may close it, and only one does
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
    // A destructor never waits: the holder of the lock closes this identifier when it lets the lock
    // go.
    if (!lock.try_acquire()) {
        lock.close_later(id);
        return;
    }
    if (lock.may_close()) {
        give_up_and_report(id);
    } else {
        lock.close_later(id);
    }
    lock.release();
}

}  // namespace hyperslab::hdf5
