// ByteDevice: bytes that libhdf5 can keep a file in, implemented by whoever has them.
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

    /// The file is about to be opened for writing; throws when the device cannot write where it is
    /// told to.
    virtual void allow_writing() {}

    /// Bytes on the device now. Asked for when a file is opened, not again while it is open.
    virtual std::uint64_t size() = 0;

    /// Fills `bytes` from `offset` on, with zeros where the device has ended.
    virtual void read(std::uint64_t offset, std::span<std::byte> bytes) = 0;

    /// Writes all of `bytes`; a gap between the device's end and `offset` becomes zeros.
    virtual void write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;

    /// Makes the device `size` bytes long.
    virtual void truncate(std::uint64_t size) = 0;

    virtual void flush() = 0;

    /// The file is closed: nothing more is asked of the device for it.
    virtual void close() {}

    /// What tells devices apart: two with the same identity are the same bytes, and libhdf5 then
    /// opens them as one file.
    virtual const void* identity() const { return this; }
};

namespace h5p {

/// Reaches the file's bytes through a device. Lists copied from this one share it.
void set_device_driver(Id fapl, std::shared_ptr<ByteDevice> device);

}  // namespace h5p

/// The driver that calls devices; registered with libhdf5 on first use, as "fileobj".
Id device_driver();

/// The number of files that libhdf5 holds open on devices.
std::size_t device_files_open();

}  // namespace hyperslab::hdf5
