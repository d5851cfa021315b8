// The functions that libhdf5 calls of a driver that keeps its bytes on a ByteDevice, however that
// was opened.
//
// libhdf5 knows an open file as an H5FD_t, the base of our OpenDevice. No exception leaves a
// function that it calls: `guarded` keeps it (device_failure.hpp).
#pragma once

#include <exception>
#include <memory>

#include "hdf5/call/capi.hpp"
#include "hdf5/call/device_failure.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "hdf5/drivers/device_file.hpp"

namespace hyperslab::hdf5 {

/// What libhdf5 holds of an open file.
struct OpenDevice : H5FD_t {
    explicit OpenDevice(const std::shared_ptr<ByteDevice>& device);
    ~OpenDevice();
    OpenDevice(const OpenDevice&) = delete;
    OpenDevice& operator=(const OpenDevice&) = delete;

    /// The open device to which libhdf5 has given this number, or null. The caller holds the
    /// library lock.
    static OpenDevice* with_number(unsigned long number);

    DeviceFile file;
    haddr_t end_of_address = 0;  // the end of what libhdf5 has allocated
};

inline OpenDevice& as_open(H5FD_t* file) { return *static_cast<OpenDevice*>(file); }
inline const OpenDevice& as_open(const H5FD_t* file) {
    return *static_cast<const OpenDevice*>(file);
}

/// A driver without the functions that open files, compare them and say what it is able to.
H5FD_class_t device_class(const char* name, int number);

/// Pushes a failure on libhdf5's error stack, for those who print it. Our callers get the exception
/// itself.
void push_on_error_stack(const std::exception_ptr& failure);

/// Calls a function that may throw. Its exception is kept for the caller of libhdf5, which gets
/// `on_failure`.
template <class Result, class Function>
Result guarded(Result on_failure, Function&& function) noexcept {
    try {
        return function();
    } catch (...) {
        const std::exception_ptr failure = std::current_exception();
        push_on_error_stack(failure);
        keep_device_failure(failure);
        return on_failure;
    }
}

}  // namespace hyperslab::hdf5
