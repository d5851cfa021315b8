// A file's bytes, written at any place by any number of threads and processes.
//
// It has an open file description of its own. Who has bytes of the file in a cache of theirs has to
// take care of that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "storage/file.hpp"
#include "storage/preallocation.hpp"

namespace hyperslab::storage {

class FileWriter {
public:
    /// Null when the file cannot be opened for writing.
    static std::shared_ptr<const FileWriter> open(const std::string& path);
    ~FileWriter();
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;

    /// Asks for the place of bytes that are to be written piece by piece.
    void reserve(std::uint64_t offset, std::uint64_t size) const { place_.reserve(offset, size); }

    /// Writes bytes from `offset` on.
    /// \throws Error (io, with errno)
    void write(std::uint64_t offset, std::span<const std::byte> bytes) const;

    /// The same file for reading.
    /// \throws Error (io)
    std::shared_ptr<const File> reader() const;

private:
    FileWriter(int descriptor, std::string name)
        : descriptor_(descriptor), name_(std::move(name)), place_(descriptor) {}

    int descriptor_;
    std::string name_;
    mutable Preallocation place_;
};

}  // namespace hyperslab::storage
