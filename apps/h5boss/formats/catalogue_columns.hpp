// The columns that the survey's catalogues have, by name and format: facts of SDSS's data model.
//
// What a file holds always comes from the file; this says which columns of a fibre's row belong to
// which catalogue, and what a made-up plate has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hyperslab::apps::h5boss {

struct CatalogueColumn {
    std::string name;
    std::string form;  ///< TFORM
    std::string dims;  ///< TDIM; empty for columns of at most one dimension
};

/// The columns of "zbest", "plugmap", "zline", "photo/match", "photo/matchflux" or
/// "photo/matchpos".
std::vector<CatalogueColumn> catalogue_columns(std::string_view catalogue);

}  // namespace hyperslab::apps::h5boss
