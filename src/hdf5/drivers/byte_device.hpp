// ByteDevice: bytes that libhdf5 can keep a file in. Whoever has the bytes implements it.
//
//     class Scratch : public ByteDevice { ... };
//     h5p::set_device_driver(fapl, std::make_shared<Scratch>());
//     h5f::create("scratch", h5f::kTruncate, fcpl, fapl);
//
// libhdf5 calls a device on the thread that called libhdf5, under the library lock. Every function
// may throw: the exception does not pass through libhdf5 but comes out of the call into this room
// that led there (device_failure.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

class ByteDevice {
public:
    virtual ~ByteDevice() = default;

    /// Is called before the file is opened for writing. It throws when the device cannot write at
    /// any place.
    virtual void allow_writing() {}

    /// The number of bytes on the device. It is asked for when a file is opened, and not again
    /// while it is open.
    virtual std::uint64_t size() = 0;

    /// Fills `bytes` from `offset` on, with zeros where the device has ended.
    virtual void read(std::uint64_t offset, std::span<std::byte> bytes) = 0;

    /// Writes all of `bytes` at `offset`. A gap between the device's end and `offset` becomes
    /// zeros.
    virtual void write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;

    /// Makes the device `size` bytes long.
    virtual void truncate(std::uint64_t size) = 0;

    virtual void flush() = 0;

    /// Is called when the file is closed. The device is not used for that file any more.
    virtual void close() {}

    /// The identity of the device. Two devices with the same identity have the same bytes, and
    /// libhdf5 opens them as one file.
    virtual const void* identity() const { return this; }
};

namespace h5p {

/// Sets the device through which a file access list reaches the file's bytes. Copies of the list
/// share it.
void set_device_driver(Id fapl, std::shared_ptr<ByteDevice> device);

}  // namespace h5p

/// The driver that calls devices. It is registered with libhdf5 as "fileobj" at its first use.
Id device_driver();

/// The number of files that libhdf5 holds open on devices.
std::size_t device_files_open();

}  // namespace hyperslab::hdf5
