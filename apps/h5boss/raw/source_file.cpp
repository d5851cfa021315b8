#include "h5boss/raw/source_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace hyperslab::apps::h5boss::raw {

SourceFile::SourceFile(const std::string& path)
    : path_(path), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat found{};
    if (fd_ < 0) {
        throw Refusal();
    }
    try {
        if (::fstat(fd_, &found) != 0) {
            throw Refusal();
        }
        size_ = static_cast<std::uint64_t>(found.st_size);
        find_root();
    } catch (const Refusal&) {
        ::close(fd_);
        throw;
    }
}

SourceFile::~SourceFile() { ::close(fd_); }

void SourceFile::find_root() {
    const Bytes bytes = read(0, static_cast<std::size_t>(std::min<std::uint64_t>(size_, 96)));
    Cursor at(bytes);
    at.expect("\x89HDF\r\n\x1a\n");
    const std::uint64_t version = at.number(1);
    if (version <= 1) {
        at.skip(4);
        at.expect(0x0808, 2);  // the sizes of addresses and of lengths
        at.skip(version == 0 ? 9 : 13);
        at.expect(0, 8);  // The file begins where it begins.
        at.skip(16);
        at.expect(kNowhere, 8);  // One file, not several by a driver.
        at.skip(8);
    } else if (version <= 3) {
        at.expect(0x0808, 2);
        at.expect(0, 1);  // Nobody writes it.
        at.expect(0, 8);
        at.skip(16);
    } else {
        throw Refusal();
    }
    root_ = at.address();
}

void SourceFile::read_into(std::uint64_t address, std::span<std::byte> target) const {
    if (address > size_ || target.size() > size_ - address) {
        throw Refusal();
    }
    while (!target.empty()) {
        const ssize_t done =
            ::pread(fd_, target.data(), target.size(), static_cast<off_t>(address));
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            throw Refusal();
        }
        address += static_cast<std::uint64_t>(done);
        target = target.subspan(static_cast<std::size_t>(done));
    }
}

Bytes SourceFile::read(std::uint64_t address, std::size_t count) const {
    if (address > size_ || count > size_ - address) {
        throw Refusal();
    }
    Bytes bytes(count);
    read_into(address, bytes);
    return bytes;
}

Bytes SourceFile::heap_object(std::uint64_t collection, std::uint64_t index) const {
    std::shared_ptr<const Bytes> bytes;
    {
        const std::scoped_lock lock(mutex_);
        std::shared_ptr<const Bytes>& held = collections_[collection];
        if (!held) {
            const Bytes head = read(collection, 16);
            Cursor at(head);
            at.expect("GCOL");
            at.expect(1, 1);
            at.skip(3);
            held = std::make_shared<const Bytes>(
                read(collection, static_cast<std::size_t>(at.number(8))));
        }
        bytes = held;
    }
    Cursor at(*bytes, 16);
    while (at.left() >= 16) {
        const std::uint64_t number = at.number(2);
        at.skip(6);
        const auto size = static_cast<std::size_t>(at.number(8));
        if (number == 0) {
            break;  // the free space behind all objects
        }
        const auto value = at.take(size);
        if (number == index) {
            return {value.begin(), value.end()};
        }
        at.skip(std::min(at.left(), (8 - size % 8) % 8));
    }
    throw Refusal();
}

}  // namespace hyperslab::apps::h5boss::raw
