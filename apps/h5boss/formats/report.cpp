#include "h5boss/formats/report.hpp"

#include <algorithm>

namespace hyperslab::apps::h5boss {
namespace {

std::vector<std::string> sorted(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
}

}  // namespace

void Report::missing(std::string what) {
    const std::scoped_lock lock(mutex_);
    missing_.push_back(std::move(what));
}

void Report::note(std::string what) {
    const std::scoped_lock lock(mutex_);
    notes_.push_back(std::move(what));
}

bool Report::complete() const {
    const std::scoped_lock lock(mutex_);
    return missing_.empty();
}

std::vector<std::string> Report::all_missing() const {
    const std::scoped_lock lock(mutex_);
    return sorted(missing_);
}

std::vector<std::string> Report::all_notes() const {
    const std::scoped_lock lock(mutex_);
    return sorted(notes_);
}

}  // namespace hyperslab::apps::h5boss
