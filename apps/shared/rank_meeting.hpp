// Ranks that work on one file together, without MPI: they meet by files beside it.
//
// The first rank makes the file under a temporary name, which it keeps locked, and calls the others
// by a note beside it, `.NAME.ranks-JOB`. Each does its part and leaves a note of its own; when all
// have come, the first one gives the file its name and removes the notes. What a killed run left is
// told by its temporary file, which is not there or not locked any more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "shared/ranks.hpp"

namespace hyperslab::apps {

class RankMeeting {
public:
    RankMeeting(const std::string& path, const Ranks& ranks);
    ~RankMeeting();
    RankMeeting(const RankMeeting&) = delete;
    RankMeeting& operator=(const RankMeeting&) = delete;

    /// \name For the first rank
    ///@{
    /// Tells the others the name of the temporary file.
    /// \throws Error (io)
    void call(const std::string& temporary);
    /// Waits until all others have done their part.
    /// \throws Error (io) with the message of a rank that could not; (interrupted) after Ctrl-C
    void wait_for_all();
    ///@}

    /// For the others: waits for the call and does the part. An error is told to the first rank,
    /// too.
    void take_part(const std::function<void(const std::string& temporary)>& work);

private:
    std::string note_of(int rank) const;
    std::string wait_for_call() const;
    void remove_notes() const;

    Ranks ranks_;
    std::string note_;
    std::string call_;
};

/// A file that another rank has made.
class SharedFile {
public:
    /// \throws Error (io)
    explicit SharedFile(const std::string& path);
    ~SharedFile();
    SharedFile(const SharedFile&) = delete;
    SharedFile& operator=(const SharedFile&) = delete;

    void write_at(std::uint64_t offset, std::span<const std::byte> bytes) const;

private:
    std::string path_;
    int fd_ = -1;
};

}  // namespace hyperslab::apps
