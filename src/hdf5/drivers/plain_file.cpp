#include "hdf5/drivers/plain_file.hpp"

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "core/dialect.hpp"
#include "core/file_error.hpp"
#include "hdf5/call/keep_error_stack.hpp"
#include "hdf5/call/locking_hint.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

// The maximum number of bytes that Linux moves in one call.
constexpr std::size_t kMaxBytes = 0x7ffff000;

int descriptor_of(H5FD_t* opened) {
    void* handle = nullptr;
    const KeepErrorStack errors;
    if (H5FDget_vfd_handle(opened, H5P_DEFAULT, &handle) < 0 || handle == nullptr) {
        throw Error(ErrorCode::internal, "libhdf5's driver does not tell its descriptor");
    }
    return opened->driver_id == H5FD_STDIO ? ::fileno(*static_cast<std::FILE**>(handle))
                                           : *static_cast<int*>(handle);
}

std::uint64_t size_of(int descriptor) {
    struct stat found{};
    return ::fstat(descriptor, &found) == 0 ? static_cast<std::uint64_t>(found.st_size) : 0;
}

// Repeats a call that a signal has interrupted.
template <class Call>
auto despite_signals(Call&& call) {
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EINTR) {
            return result;
        }
    }
}

}  // namespace

PlainFile::PlainFile(H5FD_t* opened, std::string name, Care care)
    : opened_(opened),
      name_(std::move(name)),
      care_(std::move(care)),
      descriptor_(descriptor_of(opened)),
      place_(descriptor_),
      end_(size_of(descriptor_)),
      changed_(care_.created) {}

PlainFile::~PlainFile() {
    if (opened_ != nullptr) {
        const KeepErrorStack errors;
        H5FDclose(opened_);
    }
}

void PlainFile::read(std::uint64_t offset, std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = despite_signals([&] {
            return ::pread(descriptor_,
                           bytes.data(),
                           std::min(bytes.size(), kMaxBytes),
                           static_cast<off_t>(offset));
        });
        if (count < 0) {
            fail("read");
        }
        if (count == 0) {
            if (offset < end_) {
                throw Error(ErrorCode::io,
                            "File '" + name_ + "' ends at byte " +
                                std::to_string(size_of(descriptor_)) + " and had " +
                                std::to_string(end_) + ": it was cut while it was open");
            }
            // Reads of space that is allocated and was never written give zeros.
            std::memset(bytes.data(), 0, bytes.size());
            return;
        }
        offset += static_cast<std::uint64_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void PlainFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    tell_readers();
    place_.reserve(offset, bytes.size());
    while (!bytes.empty()) {
        const ssize_t count = despite_signals([&] {
            return ::pwrite(descriptor_,
                            bytes.data(),
                            std::min(bytes.size(), kMaxBytes),
                            static_cast<off_t>(offset));
        });
        if (count < 0) {
            fail("write");
        }
        offset += static_cast<std::uint64_t>(count);
        end_ = std::max(end_, offset);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void PlainFile::truncate(std::uint64_t size) {
    tell_readers();
    const int result =
        despite_signals([&] { return ::ftruncate(descriptor_, static_cast<off_t>(size)); });
    if (result < 0) {
        fail("truncate");
    }
    end_ = size;
}

void PlainFile::lock(bool exclusive) {
    if (H5FDlock(opened_, exclusive) >= 0) {
        return;
    }
    // stdio does not report the cause.
    if (::flock(descriptor_, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
        throw locking_error("open", name_, errno);
    }
}

void PlainFile::flush() {
    if (care_.durable && fate_ != Fate::dropped) {
        sync();
    }
}

// A failure is for good: a second call may succeed although the bytes are lost.
void PlainFile::sync() {
    if (sync_failure_ == 0 && changed_) {
        sync_failure_ = despite_signals([&] { return ::fsync(descriptor_); }) == 0 ? 0 : errno;
        changed_ = false;
    }
    if (sync_failure_ == 0 && care_.created && care_.replacement == nullptr) {
        sync_failure_ = sync_folder_of(name_) ? 0 : errno;
        care_.created = false;
    }
    if (sync_failure_ != 0) {
        errno = sync_failure_;
        fail("sync");
    }
}

void PlainFile::close() {
    if (care_.replacement == nullptr) {
        flush();
        close_opened();
        return;
    }
    if (fate_ == Fate::kept) {
        const bool wait = !care_.hasty || care_.replacement->is_of_another();
        if (wait) {
            sync();
        }
        close_opened();  // before others find it, and its lock
        care_.replacement->commit(wait);
        return;
    }
    const bool forgotten = is_undecided();
    close_opened();
    care_.replacement.reset();
    if (forgotten) {
        throw Error(ErrorCode::io,
                    "File '" + name_ + "' is as it was: what was written with " +
                        core::say("FileOptions::atomic", "atomic=True") +
                        " is dropped, because its File was not closed");
    }
}

void PlainFile::close_opened() {
    const KeepErrorStack errors;
    storage_.reset();
    errno = 0;
    if (H5FDclose(std::exchange(opened_, nullptr)) < 0) {
        fail("close");
    }
}

const std::shared_ptr<const storage::File>& PlainFile::storage() {
    if (storage_ == nullptr) {
        storage_ = storage::File::reopen(descriptor_, name_);
    }
    return storage_;
}

void PlainFile::tell_readers() {
    changed_ = true;
    if (storage_ != nullptr) {
        storage_->count_write();
    }
}

void PlainFile::fail(const char* what) const { core::throw_file_error(what, name_, errno); }

}  // namespace hyperslab::hdf5
