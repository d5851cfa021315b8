// What all parts of one repacking share: the two files, what was asked for, and how far it is.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/thread_pool.hpp"
#include "engine/facts/progress.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/repack.hpp"
#include "object/repack/copied_objects.hpp"
#include "storage/file.hpp"

namespace hyperslab::object {

/// Reports to the thread's Progress how many bytes of the old file are done, whatever loops run
/// meanwhile. Reads and writes inside report nothing.
class RepackProgress final : public core::LoopObserver {
public:
    explicit RepackProgress(std::uint64_t total)
        : total_(total), progress_(engine::set_progress(nullptr)) {
        if (progress_ != nullptr) {
            progress_->begin(engine::ProgressKind::copying, total);
        }
        before_ = core::set_loop_observer(this);
    }
    ~RepackProgress() {
        core::set_loop_observer(before_);
        engine::set_progress(progress_);
        if (progress_ != nullptr && !ended_) {
            progress_->end(false, done_);
        }
    }
    RepackProgress(const RepackProgress&) = delete;
    RepackProgress& operator=(const RepackProgress&) = delete;

    /// The given number of bytes more is done.
    void advance(std::uint64_t bytes) { done_ += bytes; }
    std::uint64_t done() const { return done_; }
    void reach(std::uint64_t done) { done_ = done; }

    void reached(std::size_t, std::size_t) override {
        if (progress_ != nullptr) {
            progress_->reached(done_);
        }
    }

    void finish() {
        if (progress_ != nullptr) {
            ended_ = true;
            progress_->end(true, total_);
        }
    }

private:
    std::uint64_t total_;
    engine::Progress* progress_;
    core::LoopObserver* before_ = nullptr;
    std::uint64_t done_ = 0;
    bool ended_ = false;
};

struct Repacking {
    hdf5::Id source = hdf5::kInvalidId;
    hdf5::Id target = hdf5::kInvalidId;
    const RepackOptions& options;
    std::shared_ptr<const storage::File> bytes;  ///< of the old file
    RepackProgress& progress;
    CopiedObjects objects{};
    std::vector<hdf5::Handle> unnamed{};  ///< committed types that no link leads to yet
    RepackReport report{};
    std::uint64_t lost_references = 0;  ///< references that lead to no object
};

/// Calls a function, and lets its errors name the object that it is about.
template <class Function>
auto about(const std::string& path, Function&& function) {
    try {
        return function();
    } catch (const Error& error) {
        const std::string message = error.what();
        const std::string quoted = "'" + path + "'";
        if (message.find(quoted) != std::string::npos) {
            throw;
        }
        throw Error(error.code(), quoted + ": " + message, error.system_errno());
    }
}

}  // namespace hyperslab::object
