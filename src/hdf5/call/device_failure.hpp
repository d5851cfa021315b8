// What happens to an exception that a byte device throws while libhdf5 is calling it.
//
// It must not pass through libhdf5. It is kept here until libhdf5 has returned, and is then thrown
// in place of libhdf5's own error, if there is one.
//
// Often there is none. libhdf5 does not survive every failure: a file that it cannot write when
// closing is freed nevertheless, and leaves identifiers behind that point to freed memory; a flush
// that fails half-way leaves a metadata cache that can never be closed. So libhdf5 learns only of
// failures to read, and to transfer raw data. Everything else seems to work (device_file.hpp keeps
// the bytes), and check() throws once libhdf5 has returned.
#pragma once

#include <exception>

namespace hyperslab::hdf5 {

/// Whether bytes wait for the device, or are lost.
enum class DeviceLoss { none, final };

namespace detail {
inline bool device_failure_kept = false;  // for every call to look at; under the library lock
inline int device_failures_postponed = 0;
void throw_kept_device_failure(DeviceLoss least);
}  // namespace detail

/// Keeps an exception for the caller of libhdf5. The first exception of a call explains the others,
/// so it is the one that is kept. All functions here are called under the library lock.
void keep_device_failure(const std::exception_ptr& failure,
                         DeviceLoss loss = DeviceLoss::none) noexcept;

/// Throws the exception that was kept during the last call, if there is one.
inline void throw_device_failure() {
    if (detail::device_failure_kept && detail::device_failures_postponed == 0) [[unlikely]] {
        detail::throw_kept_device_failure(DeviceLoss::none);
    }
}

/// Throws the exception that was kept during the last call when bytes were lost, which closing an
/// object reports.
inline void throw_final_device_failure() {
    if (detail::device_failure_kept) [[unlikely]] {
        detail::throw_kept_device_failure(DeviceLoss::final);
    }
}

/// Lets several calls be made before a failure is reported. What the device could not take waits
/// meanwhile, and libhdf5 does not know of it.
class PostponeDeviceFailures {
public:
    PostponeDeviceFailures();
    ~PostponeDeviceFailures();
    PostponeDeviceFailures(const PostponeDeviceFailures&) = delete;
    PostponeDeviceFailures& operator=(const PostponeDeviceFailures&) = delete;

    /// Throws the exception that was kept meanwhile, if there is one.
    static void tell() {
        if (detail::device_failure_kept) {
            detail::throw_kept_device_failure(DeviceLoss::none);
        }
    }
};

/// Sets the handler of exceptions that nobody can catch: a destructor closed a file, and bytes were
/// lost. The default handler drops the exception.
void set_final_failure_handler(void (*handler)(const std::exception_ptr&) noexcept);

/// Passes an exception to the handler of final failures.
void report_failure(const std::exception_ptr& failure) noexcept;

/// Passes the exception that was kept to the handler of final failures when bytes were lost.
void report_final_device_failure() noexcept;

/// Marks that raw data are being written for a caller. Only then libhdf5 learns that the device
/// refuses them.
class TransferScope {
public:
    TransferScope();
    ~TransferScope();
    TransferScope(const TransferScope&) = delete;
    TransferScope& operator=(const TransferScope&) = delete;

    static bool active();
};

}  // namespace hyperslab::hdf5
