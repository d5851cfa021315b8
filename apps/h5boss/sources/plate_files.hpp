// A plate as the survey's pipeline writes it: spPlate-PLATE-MJD.fits and what lies beside it.
//
// The files are where the survey has them: spPlate, spCFrame, spFrame, spFlat, spPlancomb and the
// photometry in the plate's folder; spZbest and spZline in a folder below, named after the
// reduction (RUN2D). All may end in .gz. What is not there is missing in the report, and the rest
// is taken.
#pragma once

#include <string>
#include <vector>

#include "h5boss/formats/contents.hpp"
#include "h5boss/formats/report.hpp"

namespace hyperslab::apps::h5boss {

/// Whether a file has the name of one: spPlate-*.fits, or that with .gz.
bool has_plate_name(const std::string& path);

/// The plate of an spPlate file.
/// \throws Error (io, type_mismatch) when the file itself cannot be understood
PlateContents read_plate(const std::string& path, Report& report);

}  // namespace hyperslab::apps::h5boss
