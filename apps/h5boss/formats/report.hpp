// What was missing, wrong or left out, gathered by all threads and printed at the end.
#pragma once

#include <mutex>
#include <string>
#include <vector>

namespace hyperslab::apps::h5boss {

class Report {
public:
    /// Something that was asked for and is not in the result: with --strict there is no result
    /// then.
    void missing(std::string what);
    /// Something worth knowing that changes nothing.
    void note(std::string what);

    bool complete() const;
    /// Everything that was missing, sorted, without repetitions.
    std::vector<std::string> all_missing() const;
    std::vector<std::string> all_notes() const;

private:
    mutable std::mutex mutex_;
    std::vector<std::string> missing_;
    std::vector<std::string> notes_;
};

}  // namespace hyperslab::apps::h5boss
