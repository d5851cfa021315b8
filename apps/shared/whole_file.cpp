#include "shared/whole_file.hpp"

#include <hyperslab/error.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "shared/interruption.hpp"
#include "shared/partial_files.hpp"

namespace hyperslab::apps {
namespace {

[[noreturn]] void refuse(const std::string& path, int error) {
    throw Error(ErrorCode::io, "Cannot write '" + path + "': " + std::strerror(error), error);
}

}  // namespace

WholeFile::WholeFile(const std::string& path) : path_(path), temporary_(partial_name(path)) {
    remove_abandoned(path);
    constexpr mode_t kRights = 0666;  // as far as the umask leaves them
    fd_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, kRights);
    if (fd_ < 0) {
        refuse(path_, errno);
    }
    ::flock(fd_, LOCK_EX | LOCK_NB);  // Some file systems have no locks.
    remove_on_second_signal(temporary_);
}

WholeFile::~WholeFile() {
    if (fd_ >= 0) {
        ::close(fd_);
        ::unlink(temporary_.c_str());
    }
}

void WholeFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) const {
    apps::write_at(fd_, offset, bytes, path_);
}

void WholeFile::commit() {
    if (const int error = sync_before_replacing(fd_, path_); error != 0) {
        refuse(path_, error);
    }
    ::close(std::exchange(fd_, -1));
    give_final_name(temporary_, path_);
}

void write_at(int descriptor,
              std::uint64_t offset,
              std::span<const std::byte> bytes,
              const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t done =
            ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            refuse(path, done < 0 ? errno : ENOSPC);
        }
        offset += static_cast<std::uint64_t>(done);
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
}

int sync_before_replacing(int descriptor, const std::string& path) {
    const bool replaces = ::access(path.c_str(), F_OK) == 0;
    return replaces && ::fsync(descriptor) != 0 ? errno : 0;
}

}  // namespace hyperslab::apps
