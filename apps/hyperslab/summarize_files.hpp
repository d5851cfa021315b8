// hyperslab summarize: what chunks hold at least and at most, beside the files.
#pragma once

#include <string>
#include <vector>

namespace hyperslab::apps {

struct SummarizeOptions {
    std::vector<std::string> files;
    std::vector<std::string> only;  ///< datasets and groups
    bool quiet = false;
};

void summarize_files(const SummarizeOptions& options);

}  // namespace hyperslab::apps
