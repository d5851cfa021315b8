// A file that is worked on in memory and written to disk when it is flushed or closed: what
// libhdf5's core driver does with a backing store, but that a write which fails is made up for by
// the next flush.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "hdf5/drivers/byte_device.hpp"

namespace hyperslab::hdf5 {

class MemoryFile : public ByteDevice {
public:
    /// `backing` holds the file; its bytes are read when they are first needed.
    MemoryFile(std::shared_ptr<ByteDevice> backing, std::size_t page_bytes);

    /// Takes these bytes instead of those that the backing store holds.
    void assign(std::span<const std::byte> image);

    std::uint64_t size() override { return loaded_ ? memory_.size() : backing_->size(); }
    void read(std::uint64_t offset, std::span<std::byte> bytes) override;
    void write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    void truncate(std::uint64_t size) override;
    void flush() override;
    void close() override;

    const std::shared_ptr<ByteDevice>& backing() const { return backing_; }

    /// Where the bytes are until they become more.
    std::byte*& memory();

private:
    void load();
    void note_change(std::uint64_t begin, std::uint64_t end);
    void write_page(std::uint64_t page);

    std::shared_ptr<ByteDevice> backing_;
    std::size_t page_bytes_;
    bool loaded_ = false;
    std::vector<std::byte> memory_;
    std::byte* data_ = nullptr;
    std::set<std::uint64_t> changed_;  // pages that differ from the backing store
};

}  // namespace hyperslab::hdf5
