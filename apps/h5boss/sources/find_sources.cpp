#include "h5boss/sources/find_sources.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "h5boss/sources/plate_files.hpp"
#include "h5boss/sources/spec_files.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

void add_survey(const std::string& path, std::vector<PlateContents>& plates, Report& report) {
    try {
        const auto survey = std::make_shared<const Survey>(path);
        if (survey->plates().empty()) {
            report.missing("'" + path + "' has no plate");
        }
        for (const PlateId& id : survey->plates()) {
            try {
                plates.push_back(contents_of(*survey, id));
            } catch (const Error& error) {
                report.missing("plate " + to_string(id) + " in '" + path + "': " + error.what());
            }
        }
    } catch (const Error& error) {
        report.missing(error.what());
    }
}

/// The plate and MJD in a file's name, by which files of one plate go to one rank; else the name.
std::string plate_part(const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    for (const char* const start : {"spec-%d-%d", "spPlate-%d-%d", "%d-%d"}) {
        PlateId id;
        if (std::sscanf(name.c_str(), start, &id.plate, &id.mjd) == 2) {
            return to_string(id);
        }
    }
    return path;
}

/// Leaves of the files those of one rank. The largest plates are given away first, each to the rank
/// that has least; every rank comes to the same result.
void keep_share(const std::vector<std::set<std::string>*>& kinds, const Ranks& ranks) {
    if (ranks.alone()) {
        return;
    }
    std::map<std::string, std::uint64_t> bytes;
    for (const auto* files : kinds) {
        for (const std::string& path : *files) {
            std::error_code error;
            const auto size = fs::file_size(path, error);
            bytes[plate_part(path)] += error ? 0 : size;
        }
    }
    std::vector<std::pair<std::uint64_t, std::string>> largest;
    largest.reserve(bytes.size());
    for (const auto& [plate, size] : bytes) {
        largest.emplace_back(size, plate);
    }
    std::sort(largest.rbegin(), largest.rend());
    std::vector<std::uint64_t> load(static_cast<std::size_t>(ranks.size), 0);
    std::map<std::string, int> rank_of;
    for (const auto& [size, plate] : largest) {
        const auto least = std::min_element(load.begin(), load.end());
        *least += size;
        rank_of[plate] = static_cast<int>(least - load.begin());
    }
    for (auto* files : kinds) {
        std::erase_if(*files, [&](const std::string& path) {
            return rank_of[plate_part(path)] != ranks.rank;
        });
    }
}

}  // namespace

std::vector<std::string> files_below(const std::string& path) {
    std::vector<std::string> files;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        throw Error(ErrorCode::io, "There is no '" + path + "'", ENOENT);
    }
    if (!fs::is_directory(status)) {
        return {path};
    }
    for (fs::recursive_directory_iterator
             at(path, fs::directory_options::skip_permission_denied, error),
         end;
         at != end && !error;
         at.increment(error)) {
        if (at->is_directory(error) && is_hidden(at->path())) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file(error) && !is_hidden(at->path())) {
            files.push_back(at->path().string());
        }
    }
    if (error) {
        throw Error(ErrorCode::io, "'" + path + "': " + error.message(), error.value());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> survey_files(const std::vector<std::string>& sources) {
    std::set<std::string> found;
    for (const std::string& source : sources) {
        for (const std::string& file : files_below(source)) {
            if (has_survey_name(file) || file == source) {
                found.insert(file);
            }
        }
    }
    return {found.begin(), found.end()};
}

std::vector<PlateContents> plates_of(const std::vector<std::string>& sources,
                                     Report& report,
                                     const Ranks& ranks) {
    std::set<std::string> spec;
    std::set<std::string> surveys;
    std::set<std::string> whole;
    for (const std::string& source : sources) {
        try {
            const std::vector<std::string> files = files_below(source);
            bool found = false;
            for (const std::string& file : files) {
                const bool alone = file == source;
                if (has_plate_name(file)) {
                    whole.insert(file);
                } else if (has_spec_name(file) ||
                           (alone && file.find(".fits") != std::string::npos)) {
                    spec.insert(file);
                } else if (has_survey_name(file) || alone) {
                    surveys.insert(file);
                } else {
                    continue;
                }
                found = true;
            }
            if (!found) {
                report.missing("'" + source + "' holds no file of the survey");
            }
        } catch (const Error& error) {
            report.missing(error.what());
        }
    }
    keep_share({&spec, &surveys, &whole}, ranks);
    std::vector<PlateContents> plates;
    for (const std::string& path : whole) {
        try {
            plates.push_back(read_plate(path, report));
        } catch (const Error& error) {
            report.missing(error.what());
        }
    }
    for (PlateContents& plate : spec_plates({spec.begin(), spec.end()}, report)) {
        plates.push_back(std::move(plate));
    }
    for (const std::string& path : surveys) {
        add_survey(path, plates, report);
    }
    std::set<PlateId> seen;
    std::erase_if(plates, [&](const PlateContents& one) {
        const bool again = !seen.insert(one.id).second;
        if (again) {
            report.missing("plate " + to_string(one.id) +
                           " is there a second time, which is left out");
        }
        return again;
    });
    std::sort(
        plates.begin(), plates.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return plates;
}

}  // namespace hyperslab::apps::h5boss
