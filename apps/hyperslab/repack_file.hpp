// hyperslab repack: copies a file without lost space, with other filters or chunks if wanted.
#pragma once

#include <string>
#include <vector>

namespace hyperslab::apps {

struct RepackArguments {
    std::string source;
    std::string target;                ///< empty when the file is repacked in place
    std::vector<std::string> filters;  ///< as "shuffle,gzip=4"; "none"
    std::string chunks;                ///< as "64x64"; "auto", "none", or empty
    std::vector<std::string> only;
    std::string libver;
    bool in_place = false;
    bool force = false;
    bool quiet = false;
};

void repack(const RepackArguments& arguments);

}  // namespace hyperslab::apps
