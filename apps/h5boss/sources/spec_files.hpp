// Folders of spec-PLATE-MJD-FIBER.fits, the survey's files of one spectrum each, as plates.
//
// HDU 0 has the header of the coadd, 1 the coadd, 2 the fibre's row of the survey's catalogue, 3
// its emission lines, and in the full kind each further one a frame of an exposure. The catalogue's
// row is kept whole as `spall`; the columns of it that belong to zbest, plugmap and photo/matchflux
// make those.
#pragma once

#include <string>
#include <vector>

#include "h5boss/formats/contents.hpp"
#include "h5boss/formats/report.hpp"

namespace hyperslab::apps::h5boss {

/// Whether a file has the name of one: spec-*.fits, or that with .gz.
bool has_spec_name(const std::string& path);

/// The plates of these files, sorted. What cannot be read, and what is there twice, is missing in
/// the report.
std::vector<PlateContents> spec_plates(std::vector<std::string> paths, Report& report);

}  // namespace hyperslab::apps::h5boss
