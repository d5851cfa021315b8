// hyperslab tree: what is in a file.
#pragma once

#include <limits>
#include <string>

namespace hyperslab::apps {

struct TreeOptions {
    std::string file;
    unsigned depth = std::numeric_limits<unsigned>::max();  ///< levels below the root
    bool json = false;
};

/// \throws Error when the file cannot be opened, or, after all that can be read has been printed,
///         when some objects in it cannot
void tree(const TreeOptions& options);

}  // namespace hyperslab::apps
