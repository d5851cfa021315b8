// Which files a command line means: files themselves, folders, lists of files, and indexes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "h5boss/formats/report.hpp"
#include "h5boss/index/index.hpp"

namespace hyperslab::apps::h5boss {

class SourceFiles {
public:
    /// \param sources  files, folders, text files with the name of a file in each line, indexes
    /// \param index    an index that is taken, or made of the sources; empty: none
    /// \throws Error (io) when there is nothing of a name
    SourceFiles(const std::vector<std::string>& sources, const std::string& index, Report& report);

    const std::vector<std::string>& paths() const { return paths_; }
    /// The index of all these files; null when the command line named none.
    const Index* index() const { return index_ ? &*index_ : nullptr; }
    /// The index, which is made now when there is none.
    const Index& need_index(Report& report);

private:
    std::vector<std::string> paths_;
    std::optional<Index> index_;
};

}  // namespace hyperslab::apps::h5boss
