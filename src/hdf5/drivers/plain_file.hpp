// A file on disk as a ByteDevice.
//
// libhdf5's own sec2 or stdio driver has opened it, so finding, creating, locking and closing files
// are theirs. Reading and writing are not: their drivers report an error as text, and stdio's
// loses what its buffer held.
#pragma once

#include <memory>
#include <string>

#include "hdf5/call/capi.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "storage/file.hpp"

namespace hyperslab::hdf5 {

class PlainFile : public ByteDevice {
public:
    /// Takes over `opened`, which sec2 or stdio has opened; `name` is for messages.
    PlainFile(H5FD_t* opened, std::string name);
    ~PlainFile() override;
    PlainFile(const PlainFile&) = delete;
    PlainFile& operator=(const PlainFile&) = delete;

    std::uint64_t size() override { return end_; }

    /// \throws Error (io) also when the file has become shorter than it was: libhdf5 would take
    /// zeros for data
    void read(std::uint64_t offset, std::span<std::byte> bytes) override;
    void write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    void truncate(std::uint64_t size) override;
    void flush() override {}
    void close() override;

    /// Locks it as sec2 and stdio do.
    /// \throws Error (io, with errno)
    void lock(bool exclusive);

    /// What libhdf5's driver knows it by.
    H5FD_t* opened() const { return opened_; }

    /// The file for reading past libhdf5; opened when it is first asked for, gone when this is
    /// closed and nobody reads any more.
    const std::shared_ptr<const storage::File>& storage();

private:
    void tell_readers() const;
    [[noreturn]] void fail(const char* what) const;

    H5FD_t* opened_;
    std::string name_;
    int descriptor_;
    std::uint64_t end_;  // as far as there were bytes when we last knew
    std::shared_ptr<const storage::File> storage_{};
};

}  // namespace hyperslab::hdf5
