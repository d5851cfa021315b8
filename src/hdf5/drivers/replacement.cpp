#include "hdf5/drivers/replacement.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <random>
#include <system_error>

#include "core/file_descriptor.hpp"
#include "core/file_error.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

namespace fs = std::filesystem;

constexpr int kAttempts = 100;
// Names may have 255 bytes in most file systems, and the temporary one is longer.
constexpr std::size_t kMaxNameBytes = 200;

constexpr int kMaxLinks = 40;

// A link stays a link: what it leads to is replaced, or made.
std::string resolved(const std::string& path) {
    fs::path found(path);
    std::error_code failed;
    for (int i = 0; i < kMaxLinks && fs::is_symlink(found, failed); ++i) {
        const fs::path target = fs::read_symlink(found, failed);
        found = target.is_absolute() ? target : found.parent_path() / target;
    }
    return found.string();
}

std::optional<struct stat> find(const std::string& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) == 0) {
        return found;
    }
    if (errno != ENOENT) {
        core::throw_file_error("create", path, errno);
    }
    return std::nullopt;
}

// Renaming asks for rights on the folder alone; writing to the file would ask for more.
void require_replaceable(const std::string& path, const struct stat& found) {
    if (S_ISDIR(found.st_mode)) {
        core::throw_file_error("create", path, EISDIR);
    }
    if (!S_ISREG(found.st_mode)) {
        throw Error(ErrorCode::invalid_argument,
                    "'" + path + "' is no regular file, so no other can take its place");
    }
    if (::access(path.c_str(), W_OK) != 0) {
        core::throw_file_error("create", path, errno);
    }
}

std::string random_letters() {
    constexpr const char* kLetters = "abcdefghijklmnopqrstuvwxyz234567";
    std::random_device random;
    std::array<char, 10> letters{};
    for (char& letter : letters) {
        letter = kLetters[random() % 32];
    }
    return {letters.begin(), letters.end()};
}

std::string temporary_name(const std::string& path) {
    const fs::path whole(path);
    const std::string name = whole.filename().string().substr(0, kMaxNameBytes);
    return (whole.parent_path() / ("." + name + "." + random_letters() + ".tmp")).string();
}

}  // namespace

Replacement::Replacement(const std::string& path, bool new_only)
    : path_(resolved(path)), owner_(::getpid()), new_only_(new_only) {
    const std::optional<struct stat> old = find(path_);
    if (old && new_only) {
        core::throw_file_error("create", path_, EEXIST);
    }
    if (old) {
        require_replaceable(path_, *old);
        of_another_ = true;
    }
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        std::string name = temporary_name(path_);
        const core::FileDescriptor made(
            ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        if (made.is_open()) {
            temporary_ = std::move(name);
            if (old) {  // a file system without permissions is good enough
                static_cast<void>(::fchmod(made.number(), old->st_mode & 07777) == 0);
            }
            return;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    core::throw_file_error("create", path_, errno);
}

Replacement::~Replacement() {
    if (!committed_ && is_ours()) {
        ::unlink(temporary_.c_str());
    }
}

bool Replacement::is_ours() const { return owner_ == ::getpid(); }

// A link fails where somebody has made a file meanwhile; not every file system has them.
void Replacement::rename() const {
    if (new_only_) {
        if (::link(temporary_.c_str(), path_.c_str()) == 0) {
            ::unlink(temporary_.c_str());
            return;
        }
        const bool possible = errno != EPERM && errno != ENOTSUP && errno != ENOSYS;
        if (possible || ::access(path_.c_str(), F_OK) == 0) {
            core::throw_file_error("create", path_, possible ? errno : EEXIST);
        }
    }
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
        core::throw_file_error("replace", path_, errno);
    }
}

void Replacement::commit(bool wait) {
    rename();
    committed_ = true;
    if (wait && !sync_folder_of(path_)) {
        core::throw_file_error("bring the name to the disk of", path_, errno);
    }
}

bool sync_folder_of(const std::string& path) {
    const fs::path folder = fs::path(resolved(path)).parent_path();
    const core::FileDescriptor opened(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems do not sync folders, and a folder may be writable and not readable.
    if (!opened.is_open()) {
        return errno == EACCES;
    }
    return ::fsync(opened.number()) == 0 || errno == EINVAL || errno == ENOTSUP;
}

}  // namespace hyperslab::hdf5
