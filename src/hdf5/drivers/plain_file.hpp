// A file on disk as a ByteDevice.
//
// libhdf5's own sec2 or stdio driver has opened it, and finds, creates, locks and closes files.
// Reading and writing are done here, because those drivers report an error as text only, and
// stdio's loses what its buffer held.
#pragma once

#include <memory>
#include <string>

#include "hdf5/call/capi.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "hdf5/drivers/replacement.hpp"
#include "storage/file.hpp"
#include "storage/preallocation.hpp"

namespace hyperslab::hdf5 {

class PlainFile : public ByteDevice {
public:
    /// What is done beyond handing the bytes to the operating system.
    struct Care {
        /// Flushing waits until the disk has the bytes.
        bool durable = false;
        /// The file was made by the opening, so the disk may not know its name.
        bool created = false;
        /// It takes the place of another when it is closed; null when it does not.
        std::unique_ptr<Replacement> replacement{};
        /// Only where that one exists must the disk have the bytes before.
        bool hasty = false;
    };

    /// Takes over `opened`, which sec2 or stdio has opened; `name` is for messages.
    PlainFile(H5FD_t* opened, std::string name, Care care);
    ~PlainFile() override;
    PlainFile(const PlainFile&) = delete;
    PlainFile& operator=(const PlainFile&) = delete;

    std::uint64_t size() override { return end_; }

    /// \throws Error (io) also when the file has become shorter than it was, because libhdf5 would
    ///     take zeros for data
    void read(std::uint64_t offset, std::span<std::byte> bytes) override;
    void write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    void truncate(std::uint64_t size) override;
    /// \throws Error (io, with errno) when the disk refuses what a durable file holds. It then does
    /// so from now on: the operating system forgets which bytes it could not write.
    void flush() override;
    void close() override;

    /// Whether closing it is to put it in the place of another, which is still to be decided, by
    /// this process.
    bool is_undecided() const {
        return care_.replacement != nullptr && fate_ == Fate::undecided &&
               care_.replacement->is_ours();
    }
    /// Decides so, or that what was written goes when it is closed.
    void keep() { fate_ = Fate::kept; }
    void drop() { fate_ = Fate::dropped; }

    /// Locks it as sec2 and stdio do.
    /// \throws Error (io, with errno)
    void lock(bool exclusive);

    /// The file as libhdf5's driver knows it.
    H5FD_t* opened() const { return opened_; }

    /// The file for reading past libhdf5. It is opened when it is first asked for, and closed when
    /// this file is closed and nobody reads it any more.
    const std::shared_ptr<const storage::File>& storage();

private:
    enum class Fate { undecided, kept, dropped };

    void close_opened();
    void sync();
    void tell_readers();
    [[noreturn]] void fail(const char* what) const;

    H5FD_t* opened_;
    std::string name_;
    Care care_;
    int descriptor_;
    storage::Preallocation place_;
    std::uint64_t end_;  // the end of the bytes when it was last known
    std::shared_ptr<const storage::File> storage_{};
    Fate fate_ = Fate::undecided;
    bool changed_ = false;  // since the last fsync()
    int sync_failure_ = 0;  // errno of the first
};

}  // namespace hyperslab::hdf5
