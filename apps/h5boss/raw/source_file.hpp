// A file of HDF5 as bytes, and its objects by their addresses.
//
// HDF5 takes some tens of microseconds for each object that it opens, under one lock. What a subset
// needs of an object, where its bytes lie and how they are described, stands in its header, and any
// thread may read that. Whatever is not understood throws Refusal: HDF5 does the work then.
// Source: "HDF5 File Format Specification", version 3.0.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "h5boss/raw/cursor.hpp"

namespace hyperslab::apps::h5boss::raw {

class SourceFile {
public:
    /// \throws Refusal when it cannot be read, or is no file of the usual form
    explicit SourceFile(const std::string& path);
    ~SourceFile();
    SourceFile(const SourceFile&) = delete;
    SourceFile& operator=(const SourceFile&) = delete;

    const std::string& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    int descriptor() const { return fd_; }
    /// The address of the root group.
    std::uint64_t root() const { return root_; }

    /// \throws Refusal when the file does not have them
    Bytes read(std::uint64_t address, std::size_t count) const;
    void read_into(std::uint64_t address, std::span<std::byte> target) const;

    /// An object of the global heap.
    Bytes heap_object(std::uint64_t collection, std::uint64_t index) const;

private:
    void find_root();

    std::string path_;
    int fd_ = -1;
    std::uint64_t size_ = 0;
    std::uint64_t root_ = 0;
    mutable std::mutex mutex_;
    mutable std::map<std::uint64_t, std::shared_ptr<const Bytes>> collections_;
};

}  // namespace hyperslab::apps::h5boss::raw
