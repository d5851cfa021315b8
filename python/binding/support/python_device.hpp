// A Python file object as bytes that libhdf5 can keep a file in.
//
// libhdf5 calls it under the library lock and without the interpreter's lock, which each function
// takes. What the object's methods raise becomes a PythonDeviceError, travels around libhdf5 as any
// other failure of a device does (hdf5/call/device_failure.hpp), and is raised again at the end.
#pragma once

#include <memory>

#include "hdf5/drivers/byte_device.hpp"
#include "hyperslab/error.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// A Python exception as a C++ exception. It may be thrown many times, on any thread, because many
/// calls may be refused the same bytes.
class PythonDeviceError : public Error {
public:
    /// Takes the Python exception that a call threw. With the interpreter's lock held.
    explicit PythonDeviceError(nb::python_error& raised);

    /// Sets it as the interpreter's error.
    void raise() const;

private:
    std::shared_ptr<PyObject> exception_;
};

class PythonDevice : public hdf5::ByteDevice {
public:
    explicit PythonDevice(nb::object file);
    ~PythonDevice() override;
    PythonDevice(const PythonDevice&) = delete;
    PythonDevice& operator=(const PythonDevice&) = delete;

    /// Refuses streams that write at their end only, like those opened with mode 'ab+', and text
    /// streams.
    void allow_writing() override;

    /// Moves to the end and returns the position.
    std::uint64_t size() override;

    /// Reads by readinto(), or by read() where there is no readinto().
    void read(std::uint64_t offset, std::span<std::byte> bytes) override;
    void write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    void truncate(std::uint64_t size) override;
    void flush() override;

    /// Two devices over one object are one.
    const void* identity() const override { return file_; }

private:
    PyObject* file_;
};

}  // namespace hyperslab::python
