// hyperslab info: everything that is known of a file or an object.
#pragma once

#include <string>

namespace hyperslab::apps {

struct InfoOptions {
    std::string file;
    std::string path;  ///< empty: the file itself
    bool json = false;
};

void info(const InfoOptions& options);

}  // namespace hyperslab::apps
