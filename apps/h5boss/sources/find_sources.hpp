// What a command line names, a file or a folder of whatever kind, as plates.
#pragma once

#include <functional>
#include <optional>
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

/// What of the sources is wanted; all where a function is empty.
struct Share {
    /// By the plate that a file's name says, if it says one.
    std::function<bool(const std::optional<PlateId>&)> file{};
    /// By the plate. With it every HDF5 file is looked into, which may have any number of plates.
    std::function<bool(const PlateId&)> plate{};
};

/// Calls visit() for every plate of these files and folders: HDF5 of either format, spec-*.fits,
/// plates of spPlate. A plate is read when it is its turn, so one is in memory at a time.
/// What cannot be read, and a plate that comes twice, is missing in the report; what visit() throws
/// ends the walk.
void each_plate(const std::vector<std::string>& sources,
                Report& report,
                const Share& share,
                const std::function<void(PlateContents)>& visit);

/// Of several processes that share the work the files of one: about as many bytes for each, and
/// those of one plate together.
Share share_of(const std::vector<std::string>& sources, const Ranks& ranks);

}  // namespace hyperslab::apps::h5boss
