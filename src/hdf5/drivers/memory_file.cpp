#include "hdf5/drivers/memory_file.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace hyperslab::hdf5 {

MemoryFile::MemoryFile(std::shared_ptr<ByteDevice> backing, std::size_t page_bytes)
    : backing_(std::move(backing)), page_bytes_(page_bytes) {}

void MemoryFile::assign(std::span<const std::byte> image) {
    loaded_ = true;
    memory_.clear();
    write(0, image);
}

void MemoryFile::read(std::uint64_t offset, std::span<std::byte> bytes) {
    load();
    const std::size_t there =
        offset < memory_.size() ? std::min<std::size_t>(bytes.size(), memory_.size() - offset) : 0;
    if (there != 0) {
        std::memcpy(bytes.data(), &memory_[offset], there);
    }
    std::ranges::fill(bytes.subspan(there), std::byte{});
}

void MemoryFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    load();
    if (bytes.empty()) {
        return;
    }
    const std::uint64_t old_end = memory_.size();
    const std::uint64_t end = offset + bytes.size();
    if (old_end < end) {
        memory_.resize(end);
    }
    std::memcpy(&memory_[offset], bytes.data(), bytes.size());
    // The bytes between the old end and the beginning have become zeros.
    note_change(std::min(offset, old_end), end);
}

void MemoryFile::truncate(std::uint64_t size) {
    load();
    note_change(memory_.size(), size);
    memory_.resize(size);
}

void MemoryFile::flush() {
    while (!changed_.empty()) {
        write_page(*changed_.begin());
        changed_.erase(changed_.begin());
    }
    if (loaded_ && backing_->size() != memory_.size()) {
        backing_->truncate(memory_.size());
    }
    backing_->flush();
}

void MemoryFile::close() {
    flush();
    backing_->close();
}

std::byte*& MemoryFile::memory() {
    load();
    data_ = memory_.data();
    return data_;
}

void MemoryFile::load() {
    if (!loaded_) {
        std::vector<std::byte> bytes(backing_->size());
        backing_->read(0, bytes);
        memory_ = std::move(bytes);
        loaded_ = true;
    }
}

void MemoryFile::note_change(std::uint64_t begin, std::uint64_t end) {
    if (begin < end) {
        for (std::uint64_t page = begin / page_bytes_; page <= (end - 1) / page_bytes_; ++page) {
            changed_.insert(page);
        }
    }
}

void MemoryFile::write_page(std::uint64_t page) {
    const std::uint64_t begin = page * page_bytes_;
    if (begin < memory_.size()) {
        backing_->write(begin,
                        std::span(memory_).subspan(
                            begin, std::min<std::size_t>(page_bytes_, memory_.size() - begin)));
    }
}

}  // namespace hyperslab::hdf5
