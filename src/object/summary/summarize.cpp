#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <span>
#include <utility>

#include "core/file_error.hpp"
#include "hyperslab/dataset.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/file.hpp"
#include "hyperslab/group.hpp"
#include "hyperslab/summary.hpp"
#include "object/summary/dataset_summary.hpp"
#include "object/summary/summary_text.hpp"

namespace hyperslab {
namespace {

using object::DatasetSummary;
using object::FileStamp;

constexpr const char* kEnding = ".summary.json";

FileStamp stamp_of(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        core::throw_file_error("open", path, errno);
    }
    return {.bytes = static_cast<std::uint64_t>(status.st_size),
            .time_ns = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
}

/// A file beside the summary, which takes its place when it is whole.
class NewFile {
public:
    explicit NewFile(std::string target)
        : target_(std::move(target)),
          path_(target_ + ".part-" + std::to_string(::getpid())),
          descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
        if (descriptor_ < 0) {
            core::throw_file_error("create", target_, errno);
        }
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
            ::unlink(path_.c_str());
        }
    }

    void write(std::span<const char> bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                core::throw_file_error("write", target_, errno);
            }
            bytes = bytes.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
    }

    void take_place() {
        if (::rename(path_.c_str(), target_.c_str()) != 0) {
            core::throw_file_error("create", target_, errno);
        }
        ::close(std::exchange(descriptor_, -1));
    }

private:
    std::string target_;
    std::string path_;
    int descriptor_;
};

class Summarizing {
public:
    explicit Summarizing(const File& file) : file_(file) {}

    /// \param asked_for  whether the dataset itself was named, and not what it lies in
    void take(const std::string& path, const Dataset& dataset, bool asked_for) {
        const bool is_taken =
            std::ranges::any_of(found, [&](const auto& pair) { return pair.first == path; });
        if (is_taken || dataset.is_null() || dataset.is_scalar()) {
            return;
        }
        // The size and the time of this file would say nothing of changes there.
        const char* const elsewhere =
            dataset.is_virtual()                            ? "it is virtual"
            : !dataset.external().empty()                   ? "its elements lie in other files"
            : dataset.file().filename() != file_.filename() ? "it is in another file"
                                                            : nullptr;
        if (elsewhere != nullptr) {
            const std::string why = "'" + path + "' has no summary, because " + elsewhere;
            if (asked_for) {
                throw Error(ErrorCode::unsupported, why);
            }
            report.notes.push_back(why);
            return;
        }
        DatasetSummary summary = object::summary_of(dataset);
        for (const std::string& name : summary.unknown) {
            report.notes.push_back("'" + path + (name.empty() ? "" : "', column '" + name) +
                                   "' is left out, because it has long texts, or some that are "
                                   "no UTF-8");
        }
        if (summary.columns.empty()) {
            return;
        }
        report.datasets += 1;
        report.columns += summary.columns.size();
        report.chunks += summary.columns.front().ranges.size();
        found.emplace_back(path, std::move(summary));
    }

    void take_group(const std::string& path, const Group& group) {
        group.visit([&](const std::string& name, const Object& object) {
            if (object && object.kind() == ObjectKind::dataset) {
                take(path == "/" ? "/" + name : path + "/" + name, object, false);
            }
        });
    }

    void take_named(const std::string& name) {
        const Object object = file_[name];
        std::string path = "/" + name.substr(std::min(name.find_first_not_of('/'), name.size()));
        path.erase(std::max<std::size_t>(path.find_last_not_of('/') + 1, 1));
        if (object.kind() == ObjectKind::dataset) {
            take(path, object, true);
        } else if (object.kind() == ObjectKind::group) {
            take_group(path, object);
        }
    }

    SummaryReport report;
    std::vector<std::pair<std::string, DatasetSummary>> found;

private:
    const File& file_;
};

}  // namespace

SummaryReport summarize(const std::string& path, const std::vector<std::string>& datasets) {
    const FileStamp stamp = stamp_of(path);
    const File file(path, Mode::read, {.locking = FileLocking::best_effort});
    Summarizing work(file);
    if (datasets.empty()) {
        work.take_group("/", file);
    }
    for (const std::string& name : datasets) {
        work.take_named(name);
    }
    NewFile summary(path + kEnding);
    summary.write(object::summary_text(stamp, work.found));
    summary.take_place();
    work.report.path = path + kEnding;
    return std::move(work.report);
}

}  // namespace hyperslab
