#include "hdf5/superblock/abandoned_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "core/file_descriptor.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::hdf5 {
namespace {

constexpr std::array kSignature =
    std::to_array<unsigned char>({0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kFlagsAt = 11;
constexpr unsigned char kFirstVersionWithFlags = 3;
constexpr unsigned char kWriteFlag = 1;
constexpr unsigned char kSwmrFlag = 4;
constexpr off_t kFirstUserblock = 512;  // each further place of a superblock is twice as far

/// The flags of the superblock; empty optional when the file has no superblock with flags.
std::optional<unsigned char> superblock_flags(int file) {
    std::array<unsigned char, kFlagsAt + 1> bytes{};
    for (off_t at = 0;
         ::pread(file, bytes.data(), bytes.size(), at) == static_cast<ssize_t>(bytes.size());
         at = at == 0 ? kFirstUserblock : 2 * at) {
        if (std::ranges::equal(kSignature, std::span(bytes).first(kSignature.size()))) {
            return bytes[kVersionAt] >= kFirstVersionWithFlags ? std::optional(bytes[kFlagsAt])
                                                               : std::nullopt;
        }
    }
    return std::nullopt;
}

enum class Answer { yes, no, unknown };

// HDF5's writers hold an exclusive lock of the file, except in SWMR mode.
Answer is_locked_by_a_writer(int file) {
    if (::flock(file, LOCK_SH | LOCK_NB) == 0) {
        ::flock(file, LOCK_UN);
        return Answer::no;
    }
    return errno == EWOULDBLOCK ? Answer::yes : Answer::unknown;
}

// The kernel grants a lease for reading when no process has the file open for writing. A process
// that opens the file for writing meanwhile waits until the lease is given back, a moment later,
// and the holder gets a signal, which is one that has no effect.
Answer is_open_for_writing(int file) {
    if (::fcntl(file, F_SETSIG, SIGURG) != 0) {
        return Answer::unknown;
    }
    if (::fcntl(file, F_SETLEASE, F_RDLCK) == 0) {
        ::fcntl(file, F_SETLEASE, F_UNLCK);
        return Answer::no;
    }
    return errno == EAGAIN ? Answer::yes : Answer::unknown;
}

// The names of abandoned files. The list is never destroyed, because files may be opened while the
// program ends.
std::vector<std::string>& noted HYPERSLAB_GUARDED_BY(library_lock()) =
    *new std::vector<std::string>;
constinit std::atomic<bool> some_are_noted = false;  // can be read without the lock

}  // namespace

bool was_abandoned(const std::string& name) {
    const core::FileDescriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open()) {
        return false;
    }
    const std::optional<unsigned char> flags = superblock_flags(file.number());
    if (!flags || (*flags & (kWriteFlag | kSwmrFlag)) == 0) {
        return false;
    }
    const Answer locked = is_locked_by_a_writer(file.number());
    const Answer open = is_open_for_writing(file.number());
    if (locked == Answer::yes || open == Answer::yes) {
        return false;
    }
    // A writer in SWMR mode holds no lock, so only the kernel's word counts.
    return open == Answer::no || (locked == Answer::no && (*flags & kSwmrFlag) == 0);
}

void note_abandoned_file(const std::string& name) {
    const LockGuard guard;
    noted.push_back(name);
    some_are_noted = true;
}

std::vector<std::string> take_abandoned_files() {
    if (!some_are_noted) {
        return {};
    }
    const LockGuard guard;
    some_are_noted = false;
    return std::exchange(noted, {});
}

}  // namespace hyperslab::hdf5
