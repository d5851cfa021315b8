// Which files a command line means: files themselves, folders, lists of files, and indexes.
#pragma once

#include <optional>
#include <set>
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

/// The files that a name stands for, a file, a folder or an index, with an index beside it or none:
/// only those that may have some of these plates.
/// \param ids  empty: any plate
/// \throws Error (io); (not_found) when there is none
std::vector<std::string> files_of_plates(const std::string& source,
                                         const std::string& index,
                                         const std::set<PlateId>& ids,
                                         Report& report);

}  // namespace hyperslab::apps::h5boss
