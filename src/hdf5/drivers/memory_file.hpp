// A file that is kept in memory and written to disk when it is flushed or closed, like libhdf5's
// core driver with a backing store. Unlike there, a write that fails is done again by the next
// flush.
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
    /// Takes the file that `backing` holds. Its bytes are read when they are first needed.
    MemoryFile(std::shared_ptr<ByteDevice> backing, std::size_t page_bytes);

    /// Takes these bytes in place of those of the backing store.
    void assign(std::span<const std::byte> image);

    std::uint64_t size() override { return loaded_ ? memory_.size() : backing_->size(); }
    void read(std::uint64_t offset, std::span<std::byte> bytes) override;
    void write(std::uint64_t offset, std::span<const std::byte> bytes) override;
    void truncate(std::uint64_t size) override;
    void flush() override;
    void close() override;

    const std::shared_ptr<ByteDevice>& backing() const { return backing_; }

    /// The address of the bytes, which is valid until the file grows.
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
    std::set<std::uint64_t> changed_;  // the pages that differ from the backing store
};

}  // namespace hyperslab::hdf5
