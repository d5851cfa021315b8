#include "storage/file_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include "hyperslab/error.hpp"

namespace hyperslab::storage {
namespace {

// The maximum that one call moves, in bytes. Linux moves at most 2 GiB less one page.
constexpr std::size_t kMaxBytes = 1U << 30;

}  // namespace

std::shared_ptr<const FileWriter> FileWriter::open(const std::string& path) {
    const int opened = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    return opened < 0 ? nullptr : std::shared_ptr<const FileWriter>(new FileWriter(opened, path));
}

FileWriter::~FileWriter() { ::close(descriptor_); }

std::shared_ptr<const File> FileWriter::reader() const { return File::reopen(descriptor_, name_); }

void FileWriter::write(std::uint64_t offset, std::span<const std::byte> bytes) const {
    reserve(offset, bytes.size());
    while (!bytes.empty()) {
        ssize_t put = -1;
        if (offset > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max())) {
            errno = EFBIG;
        } else {
            put = ::pwrite(descriptor_,
                           bytes.data(),
                           std::min(bytes.size(), kMaxBytes),
                           static_cast<off_t>(offset));
        }
        if (put < 0) {
            const int error = errno;
            if (error == EINTR) {
                continue;
            }
            throw Error(ErrorCode::io,
                        "Cannot write " + std::to_string(bytes.size()) + " bytes at " +
                            std::to_string(offset) + " of file '" + name_ +
                            "': " + std::strerror(error),
                        error);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        offset += static_cast<std::uint64_t>(put);
    }
}

}  // namespace hyperslab::storage
