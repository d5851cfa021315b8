// h5boss convert: FITS to HDF5, one format of HDF5 to the other.
#pragma once

#include <string>
#include <vector>

#include "h5boss/commands/common.hpp"

namespace hyperslab::apps::h5boss {

struct ConvertOptions {
    std::vector<std::string> sources;
    std::string output;
    StorageOptions storage;
    bool strict = false;
    bool resume = false;
};

int convert(const ConvertOptions& options);

/// Whether several ranks can do it together: when there is a file for each plate.
bool shares_plates(const ConvertOptions& options);

}  // namespace hyperslab::apps::h5boss
