// Looking into one file for an index.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "h5boss/formats/report.hpp"
#include "h5boss/index/entries.hpp"

namespace hyperslab::apps::h5boss {

struct FoundPlate {
    IndexedPlate plate;  ///< without the number of its file
    Table exposures;     ///< PLATE, MJD, FIBERID, FILE, EXPOSURE, CAMERA, OFFSET, BYTES
};

/// What a file has.
struct Scan {
    std::vector<FoundPlate> plates;
    std::map<std::string, CatalogueKind> catalogues;
    bool failed = false;  ///< whether it cannot be read
};

/// Looks into a file, past HDF5 where that can be. Any thread may call it.
/// \param known  catalogues of which it is known whether fibres have several rows
Scan scan_file(const std::string& path,
               Depth depth,
               const std::map<std::string, CatalogueKind>& known,
               Report& report);

}  // namespace hyperslab::apps::h5boss
