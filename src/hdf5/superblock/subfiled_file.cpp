#include "hdf5/superblock/subfiled_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "core/file_descriptor.hpp"

namespace hyperslab::hdf5 {
namespace {

// The superblock and what it says of the driver take less.
constexpr std::size_t kHeadBytes = 4096;
constexpr std::string_view kDriverName = "Subfilin";  // the format has room for eight letters

}  // namespace

bool is_subfiled(const std::string& name) {
    const core::FileDescriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    std::array<char, kHeadBytes> head{};
    const ssize_t count =
        file.is_open() ? ::pread(file.number(), head.data(), head.size(), 0) : ssize_t{0};
    const std::string_view read(head.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    return read.find(kDriverName) != std::string_view::npos;
}

std::string advice_without_driver() {
    return "; it was written by HDF5's subfiling driver: its elements lie in subfiles beside it. "
           "The "
           "driver 'subfiling' of a parallel build opens it, and HDF5's program h5fuse makes one "
           "file of them";
}

std::string advice_about_subfiles(const std::string& name) {
    if (is_subfiled(name)) {
        return "; its subfiles bear the number of the file's inode, so that a file which was "
               "copied, "
               "or moved to another file system, does not find them";
    }
    const bool is_there = ::access(name.c_str(), F_OK) == 0;
    return is_there
               ? "; the subfiling driver did not write it: the driver 'mpio' opens it, if it is "
                 "an HDF5 file"
               : "";
}

}  // namespace hyperslab::hdf5
