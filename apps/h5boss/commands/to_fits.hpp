// h5boss to-fits: fibres of a file as spec-*.fits.
#pragma once

#include <string>
#include <vector>

namespace hyperslab::apps::h5boss {

struct ToFitsOptions {
    std::string file;   ///< or a folder, or an index
    std::string index;  ///< of it
    std::string plate;
    std::string mjd;
    std::vector<std::string> fibers;
    std::string output;
    bool strict = false;
};

int to_fits(const ToFitsOptions& options);

}  // namespace hyperslab::apps::h5boss
