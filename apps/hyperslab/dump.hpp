// hyperslab dump: the elements of a dataset, or a part of them.
#pragma once

#include <string>

namespace hyperslab::apps {

struct DumpOptions {
    std::string file;
    std::string place;  ///< path[slice], as arguments.hpp says
    bool full = false;  ///< all elements, however many
    bool json = false;
};

void dump(const DumpOptions& options);

}  // namespace hyperslab::apps
