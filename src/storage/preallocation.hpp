// Asking the file system for the place of many bytes at once, before they are written.
//
// ext4 finds a place for each page (4 KiB) that is new to a file while it copies the page. That is
// a third of the time of a large write, and writers of one file wait for each other meanwhile. XFS
// finds a place for all pages of a write at once, and Btrfs does not compress what was asked for
// beforehand, so both are left alone.
#pragma once

#include <atomic>
#include <cstdint>

namespace hyperslab::storage {

/// Safe for threads that write to one file.
class Preallocation {
public:
    explicit Preallocation(int descriptor) : descriptor_(descriptor) {}

    /// Asks for the place of bytes that are about to be written. The file's size stays. When the
    /// file system refuses, it is not asked again: the write itself says what is wrong.
    void reserve(std::uint64_t offset, std::uint64_t size);

private:
    enum class Use : unsigned char { unknown, helps, useless };

    int descriptor_;
    std::atomic<Use> use_{Use::unknown};
};

}  // namespace hyperslab::storage
