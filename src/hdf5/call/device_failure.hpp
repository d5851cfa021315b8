// What becomes of an exception that a byte device throws while libhdf5 is calling it.
//
// It must not pass through libhdf5: it is kept here until libhdf5 has returned, and thrown then, in
// place of libhdf5's own report if there is one.
//
// Often there is none. libhdf5 does not survive every failure: a file it cannot write when closing
// is freed nevertheless, and leaves identifiers behind that point to freed memory; a flush that
// fails half-way leaves a metadata cache that can never be closed. So it is told that reading
// failed, and that raw data could not be transferred; everything else seems to work
// (device_file.hpp keeps the bytes), and check() throws once libhdf5 is done.
#pragma once

#include <exception>

namespace hyperslab::hdf5 {

/// Whether bytes still wait for the device, or are lost for good.
enum class DeviceLoss { none, final };

namespace detail {
inline bool device_failure_kept = false;  // so that every call can look; under the library lock
inline int device_failures_postponed = 0;
void throw_kept_device_failure(DeviceLoss least);
}  // namespace detail

/// Keeps an exception for the caller of libhdf5. The first one of a call explains the others, so it
/// stays. Under the library lock, as everything here.
void keep_device_failure(const std::exception_ptr& failure,
                         DeviceLoss loss = DeviceLoss::none) noexcept;

/// Throws the exception that was kept during the last call, if there is one.
inline void throw_device_failure() {
    if (detail::device_failure_kept && detail::device_failures_postponed == 0) [[unlikely]] {
        detail::throw_kept_device_failure(DeviceLoss::none);
    }
}

/// The same, but only when bytes were lost: what closing an object has to tell.
inline void throw_final_device_failure() {
    if (detail::device_failure_kept) [[unlikely]] {
        detail::throw_kept_device_failure(DeviceLoss::final);
    }
}

/// Where several calls belong together: what the device could not take waits (libhdf5 was told that
/// all is well), so all of them are made before the caller is told.
class PostponeDeviceFailures {
public:
    PostponeDeviceFailures();
    ~PostponeDeviceFailures();
    PostponeDeviceFailures(const PostponeDeviceFailures&) = delete;
    PostponeDeviceFailures& operator=(const PostponeDeviceFailures&) = delete;

    /// Throws what was kept meanwhile.
    static void tell() {
        if (detail::device_failure_kept) {
            detail::throw_kept_device_failure(DeviceLoss::none);
        }
    }
};

/// Where the exception goes when a destructor closed a file, bytes were lost and nobody is left to
/// catch it. The default drops it.
void set_final_failure_handler(void (*handler)(const std::exception_ptr&) noexcept);

/// Hands an exception to that handler.
void report_failure(const std::exception_ptr& failure) noexcept;

/// Hands the exception that was kept to the handler if bytes were lost.
void report_final_device_failure() noexcept;

/// Says that raw data are being written for a caller: the one time when libhdf5 is told that the
/// device refuses them.
class TransferScope {
public:
    TransferScope();
    ~TransferScope();
    TransferScope(const TransferScope&) = delete;
    TransferScope& operator=(const TransferScope&) = delete;

    static bool active();
};

}  // namespace hyperslab::hdf5
