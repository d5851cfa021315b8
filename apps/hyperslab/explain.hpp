// hyperslab explain: what a read or a write would do, and why.
#pragma once

#include <string>

namespace hyperslab::apps {

struct ExplainOptions {
    std::string file;
    std::string place;   ///< path[slice], as arguments.hpp says
    bool write = false;  ///< explain writing instead of reading
    bool json = false;
};

void explain(const ExplainOptions& options);

}  // namespace hyperslab::apps
