#include "shared/partial_files.hpp"

#include <hyperslab/error.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace hyperslab::apps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = ".part-";

std::string beginning(const fs::path& path) { return "." + path.filename().string() + kMark; }

bool lives(const std::string& digits) {
    int process = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), process);
    if (error != std::errc() || end != digits.data() + digits.size() || process <= 0) {
        return true;  // The name is none of ours.
    }
    // One with the number of this process is of a former bearer of that number.
    return process != ::getpid() && (::kill(process, 0) == 0 || errno != ESRCH);
}

/// Whether no process of any machine that shares the file has it locked, as HDF5 does.
bool is_free(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return !locked;
}

}  // namespace

std::string partial_name(const std::string& path) {
    const fs::path whole(path);
    return (whole.parent_path() / (beginning(whole) + std::to_string(::getpid()))).string();
}

void remove_abandoned(const std::string& path) {
    const fs::path whole(path);
    const std::string start = beginning(whole);
    const fs::path folder = whole.parent_path().empty() ? fs::path(".") : whole.parent_path();
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with(start) && !lives(name.substr(start.size())) && is_free(at->path())) {
            ::unlink(at->path().c_str());
        }
    }
}

void give_final_name(const std::string& partial, const std::string& path) {
    if (std::rename(partial.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(partial.c_str());
        throw Error(ErrorCode::io, "Cannot write '" + path + "': " + std::strerror(error), error);
    }
}

}  // namespace hyperslab::apps
