#include "hdf5/drivers/device_file.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace hyperslab::hdf5 {
namespace {

// Copies the part of `from` (at `offset` in the file) that falls into `bytes` (at `start` in the
// file).
void lay_over(std::uint64_t start,
              std::span<std::byte> bytes,
              std::uint64_t offset,
              std::span<const std::byte> from) {
    const std::uint64_t begin = std::max(start, offset);
    const std::uint64_t end = std::min(start + bytes.size(), offset + from.size());
    if (begin < end) {
        std::memcpy(&bytes[begin - start], &from[begin - offset], end - begin);
    }
}

}  // namespace

DeviceFile::DeviceFile(std::shared_ptr<ByteDevice> device)
    : device_(std::move(device)), size_(device_->size()) {}

void DeviceFile::read(std::uint64_t offset, std::span<std::byte> bytes) {
    device_->read(offset, bytes);
    for (const Waiting& waiting : waiting_) {
        lay_over(offset, bytes, waiting.offset, waiting.bytes);
    }
}

void DeviceFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    write_waiting();  // an older write to the same place must not come after this one
    device_->write(offset, bytes);
    size_ = std::max(size_, offset + bytes.size());
}

void DeviceFile::write_or_keep(std::uint64_t offset, std::span<const std::byte> bytes) {
    try {
        write(offset, bytes);
    } catch (...) {
        keep(offset, bytes);
        size_ = std::max(size_, offset + bytes.size());
        throw;
    }
}

void DeviceFile::truncate(std::uint64_t size) {
    size_ = size;
    truncate_waiting_ = true;
    try {
        write_waiting();
    } catch (...) {
        settled_ = false;
        throw;
    }
}

void DeviceFile::clear() {
    device_->truncate(0);
    size_ = 0;
}

void DeviceFile::settle() {
    settled_ = false;
    write_waiting();
    device_->flush();
    settled_ = true;
}

// Bytes that are written again and again while the device refuses them do not pile up.
void DeviceFile::keep(std::uint64_t offset, std::span<const std::byte> bytes) {
    settled_ = false;
    const std::uint64_t end = offset + bytes.size();
    std::erase_if(waiting_, [&](const Waiting& old) {
        const bool covered = offset <= old.offset && old.offset + old.bytes.size() <= end;
        waiting_bytes_ -= covered ? old.bytes.size() : 0;
        return covered;
    });
    waiting_.push_back({offset, {bytes.begin(), bytes.end()}});
    waiting_bytes_ += bytes.size();
}

void DeviceFile::write_waiting() {
    while (!waiting_.empty()) {
        device_->write(waiting_.front().offset, waiting_.front().bytes);
        waiting_bytes_ -= waiting_.front().bytes.size();
        waiting_.pop_front();
    }
    if (truncate_waiting_) {
        device_->truncate(size_);
        truncate_waiting_ = false;
    }
}

}  // namespace hyperslab::hdf5
