// "path[slice]" as Python writes it: what of a dataset is meant.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <string>
#include <vector>

namespace hyperslab::apps {

/// A path, and what stands in brackets behind it.
struct Place {
    std::string path;
    std::vector<Index> indices;       ///< the indices as written
    std::vector<std::string> fields;  ///< names of members
};

/// Splits and parses: `flux[0:10, 3]`, `coadd['FLUX', "IVAR"]`, `x[..., [0, 3], ::2]`.
/// \throws Error (invalid_argument) for anything else between the brackets
Place parse_place(const std::string& text);

/// The place in a file, unless the file has an object of the whole name, which may hold brackets
/// itself.
Place place_in(const File& file, const std::string& text);

/// \throws Error (type_mismatch) when there is something else than a dataset, with no elements
///     `for_what`
Dataset dataset_at(const File& file, const std::string& path, const std::string& for_what);

}  // namespace hyperslab::apps
