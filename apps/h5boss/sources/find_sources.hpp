// What a command line names, a file or a folder of whatever kind, as plates.
#pragma once

#include <string>
#include <vector>

#include "h5boss/formats/contents.hpp"
#include "h5boss/formats/report.hpp"
#include "shared/ranks.hpp"

namespace hyperslab::apps::h5boss {

/// The files below a folder, or the file itself, sorted.
/// \throws Error (io) when there is nothing of that name
std::vector<std::string> files_below(const std::string& path);

/// The survey's HDF5 files that these files and folders hold, sorted, each once.
std::vector<std::string> survey_files(const std::vector<std::string>& sources);

/// The plates of these files and folders: HDF5 of either format, spec-*.fits, plates of spPlate.
/// What cannot be read, and a plate that comes twice, is missing in the report.
/// \param ranks  of several processes that share the work each gets other plates, about as many
/// bytes
std::vector<PlateContents> plates_of(const std::vector<std::string>& sources,
                                     Report& report,
                                     const Ranks& ranks = {});

}  // namespace hyperslab::apps::h5boss
