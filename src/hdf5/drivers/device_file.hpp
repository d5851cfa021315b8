// A file on a byte device, as the driver sees it.
//
// libhdf5 must not notice most failures (device_failure.hpp). So bytes that the device refuses are
// kept here and offered again before anything else is written: libhdf5's idea of the file stays
// true, and once the device works again the file is whole. Metadata must be kept, however many
// bytes they are. Raw data are kept up to a limit, and whoever writes them gets the error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "hdf5/drivers/byte_device.hpp"

namespace hyperslab::hdf5 {

class DeviceFile {
public:
    explicit DeviceFile(std::shared_ptr<ByteDevice> device);

    const std::shared_ptr<ByteDevice>& device() const { return device_; }

    /// The size of the file in bytes, with bytes that wait.
    std::uint64_t size() const { return size_; }

    void read(std::uint64_t offset, std::span<std::byte> bytes);

    /// Writes bytes, after those that wait.
    void write(std::uint64_t offset, std::span<const std::byte> bytes);

    /// Writes bytes, after those that wait. When it throws, the bytes wait.
    void write_or_keep(std::uint64_t offset, std::span<const std::byte> bytes);

    /// Whether `bytes` bytes more may wait.
    bool can_keep(std::size_t bytes) const { return waiting_bytes_ + bytes <= kMaxWaitingBytes; }

    /// Makes the file `size` bytes long. When it throws, that waits as well.
    void truncate(std::uint64_t size);

    /// Empties the device.
    void clear();

    /// Writes the bytes that wait, and flushes the device.
    void settle();

    /// Whether everything is on the device.
    bool settled() const { return settled_; }

private:
    struct Waiting {
        std::uint64_t offset;
        std::vector<std::byte> bytes;
    };

    static constexpr std::size_t kMaxWaitingBytes = std::size_t{64} << 20;

    void write_waiting();
    void keep(std::uint64_t offset, std::span<const std::byte> bytes);

    std::shared_ptr<ByteDevice> device_;
    std::uint64_t size_;
    std::deque<Waiting> waiting_;  // in the order in which they were written
    std::size_t waiting_bytes_ = 0;
    bool truncate_waiting_ = false;
    // No exception is kept with the bytes, because an exception of Python can hold the file itself,
    // by its traceback.
    bool settled_ = true;
};

}  // namespace hyperslab::hdf5
