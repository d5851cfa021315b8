#include "storage/file.hpp"

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

[[noreturn]] void throw_system_error(const std::string& what, int error) {
    throw Error(ErrorCode::io, what + ": " + std::strerror(error), error);
}

}  // namespace

std::shared_ptr<const File> File::reopen(int descriptor, std::string name) {
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
    int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) {  // there is no /proc, or no right to open it again
        opened = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    }
    if (opened < 0) {
        throw_system_error("Cannot open file '" + name + "' once more", errno);
    }
    return std::shared_ptr<const File>(new File(opened, std::move(name)));
}

File::~File() { ::close(descriptor_); }

void File::read(std::uint64_t offset, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        if (offset > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max())) {
            throw Error(ErrorCode::io,
                        "File '" + name_ + "' has no byte " + std::to_string(offset));
        }
        const ssize_t got = ::pread(descriptor_,
                                    bytes.data(),
                                    std::min(bytes.size(), kMaxBytes),
                                    static_cast<off_t>(offset));
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw_system_error("Cannot read " + std::to_string(bytes.size()) + " bytes at " +
                                   std::to_string(offset) + " of file '" + name_ + "'",
                               errno);
        }
        if (got == 0) {
            throw Error(ErrorCode::io,
                        "File '" + name_ + "' ends before byte " +
                            std::to_string(offset + bytes.size()) + ", where data should be");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
}

}  // namespace hyperslab::storage
