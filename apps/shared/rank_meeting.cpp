#include "shared/rank_meeting.hpp"

#include <hyperslab/error.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "shared/interruption.hpp"
#include "shared/whole_file.hpp"

namespace hyperslab::apps {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// How long a rank waits for the first one to call, which makes its plan in that time.
constexpr std::chrono::minutes kPatience{10};

/// What all ranks of one start have in common, and no other start.
std::string job() {
    std::string key;
    for (const char* const name : {"PMIX_NAMESPACE", "SLURM_JOB_ID", "SLURM_STEP_ID", "PMI_PORT"}) {
        if (const char* const value = std::getenv(name)) {
            key += value;
        }
    }
    if (key.empty()) {
        key = std::to_string(::getppid());  // the launcher
    }
    std::replace_if(
        key.begin(), key.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '-');
    return key;
}

std::string text_of(const std::string& path) {
    const std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Writes a note, which is there whole or not at all.
void leave(const std::string& path, const std::string& text) {
    const std::string partial = path + "~";
    std::ofstream file(partial);
    file << text;
    file.close();
    if (!file || std::rename(partial.c_str(), path.c_str()) != 0) {
        ::unlink(partial.c_str());
        throw Error(ErrorCode::io, "Cannot write '" + path + "'", errno);
    }
}

/// Whether a process is at work on that file.
bool is_locked(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    const bool locked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
    ::close(descriptor);
    return locked;
}

/// Waits a little, longer from time to time.
class Pause {
public:
    void operator()() {
        if (interrupted()) {
            throw std::runtime_error("interrupted; nothing was changed");
        }
        std::this_thread::sleep_for(time_);
        time_ = std::min(time_ * 2, std::chrono::milliseconds(50));
    }

private:
    std::chrono::milliseconds time_{1};
};

}  // namespace

RankMeeting::RankMeeting(const std::string& path, const Ranks& ranks) : ranks_(ranks) {
    const fs::path whole(path);
    note_ = (whole.parent_path() / ("." + whole.filename().string() + ".ranks-" + job())).string();
}

RankMeeting::~RankMeeting() {
    if (ranks_.first() && !ranks_.alone()) {
        remove_notes();
    }
}

void RankMeeting::remove_notes() const {
    ::unlink(note_.c_str());
    for (int rank = 1; rank < ranks_.size; ++rank) {
        ::unlink(note_of(rank).c_str());
    }
}

std::string RankMeeting::note_of(int rank) const { return note_ + "." + std::to_string(rank); }

void RankMeeting::call(const std::string& temporary) {
    if (ranks_.alone()) {
        return;
    }
    remove_notes();  // of a run that was killed
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    call_ = temporary + "\n" + std::to_string(now);
    leave(note_, call_);
}

void RankMeeting::wait_for_all() {
    for (int rank = 1; rank < ranks_.size; ++rank) {
        for (Pause pause;; pause()) {
            const std::string said = text_of(note_of(rank));
            if (said == call_ + "\ndone") {
                break;
            }
            if (said.starts_with(call_ + "\n")) {
                throw Error(ErrorCode::io,
                            "rank " + std::to_string(rank) + ": " + said.substr(call_.size() + 1));
            }
        }
    }
}

std::string RankMeeting::wait_for_call() const {
    const auto end = Clock::now() + kPatience;
    const fs::path folder = fs::path(note_).parent_path();
    if (::access(folder.empty() ? "." : folder.c_str(), W_OK) != 0) {
        throw Error(ErrorCode::io, "Cannot write to '" + folder.string() + "'", errno);
    }
    for (Pause pause;; pause()) {
        const std::string call = text_of(note_);
        if (const std::string temporary = call.substr(0, call.find('\n'));
            !call.empty() && is_locked(temporary)) {
            return call;
        }
        if (Clock::now() > end) {
            throw Error(ErrorCode::io, "the first rank does not call");
        }
    }
}

void RankMeeting::take_part(const std::function<void(const std::string&)>& work) {
    const std::string call = wait_for_call();
    try {
        work(call.substr(0, call.find('\n')));
    } catch (const std::exception& error) {
        leave(note_of(ranks_.rank), call + "\n" + error.what());
        throw;
    }
    leave(note_of(ranks_.rank), call + "\ndone");
}

SharedFile::SharedFile(const std::string& path)
    : path_(path), fd_(::open(path.c_str(), O_WRONLY | O_CLOEXEC)) {
    if (fd_ < 0) {
        throw Error(ErrorCode::io, "Cannot write '" + path + "': " + std::strerror(errno), errno);
    }
}

SharedFile::~SharedFile() { ::close(fd_); }

void SharedFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) const {
    apps::write_at(fd_, offset, bytes, path_);
}

}  // namespace hyperslab::apps
