// h5boss verify: whether a file has what its sources have, column by column.
#pragma once

#include <string>
#include <vector>

namespace hyperslab::apps::h5boss {

struct VerifyOptions {
    std::string file;   ///< or a folder, or an index
    std::string index;  ///< of it
    std::vector<std::string> sources;
    bool strict = false;
};

/// Exit status 1 when a column differs, or a fibre of the file is in no source; with `strict` also
/// when a source has a fibre that the file lacks.
int verify(const VerifyOptions& options);

}  // namespace hyperslab::apps::h5boss
