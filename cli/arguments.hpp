// "path[slice]" as Python writes it: what of a dataset is meant.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <string>
#include <vector>

namespace hyperslab::cli {

/// A path, and what stands in brackets behind it.
struct Place {
    std::string path;
    std::vector<Index> indices;       ///< as written
    std::vector<std::string> fields;  ///< names of members
};

/// Splits and parses: `flux[0:10, 3]`, `coadd['FLUX', "IVAR"]`, `x[..., [0, 3], ::2]`.
/// \throws Error (invalid_argument) for anything else between the brackets
Place parse_place(const std::string& text);

}  // namespace hyperslab::cli
