#include "h5boss/commands/to_fits.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/files.hpp"
#include "h5boss/formats/contents.hpp"
#include "h5boss/sources/spec_writer.hpp"
#include "shared/interruption.hpp"
#include "shared/progress_bar.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

/// The fibres that are asked for; nothing for all of a plate.
std::optional<std::set<int>> wanted_fibers(const ToFitsOptions& options) {
    if (options.fibers.empty()) {
        return std::nullopt;
    }
    std::set<int> wanted;
    for (const std::string& text : options.fibers) {
        wanted.insert(positive(text, "fibre"));
    }
    return wanted;
}

/// Which fibres each file gives: every one comes from the first file that has it.
std::vector<std::pair<std::string, std::vector<int>>> sources_of(const ToFitsOptions& options,
                                                                 const PlateId& id,
                                                                 Report& report) {
    const std::optional<std::set<int>> wanted = wanted_fibers(options);
    std::vector<std::pair<std::string, std::vector<int>>> sources;
    std::set<int> given;
    for (const std::string& path : files_of_plates(options.file, options.index, {id}, report)) {
        std::vector<int> own;
        const Plate plate = Survey(path).plate(id);
        for (const int fiber : plate.fibers()) {
            if ((!wanted || wanted->contains(fiber)) && given.insert(fiber).second) {
                own.push_back(fiber);
            }
        }
        if (!own.empty()) {
            sources.emplace_back(path, std::move(own));
        }
    }
    for (const int fiber : wanted.value_or(std::set<int>{})) {
        if (!given.contains(fiber)) {
            report.missing("fibre " + to_string(FiberId{id, fiber}) + " is not in '" +
                           options.file + "'");
        }
    }
    return sources;
}

}  // namespace

int to_fits(const ToFitsOptions& options) {
    Report report;
    const PlateId id{positive(options.plate, "plate"), positive(options.mjd, "MJD")};
    const auto sources = sources_of(options, id, report);
    if (sources.empty() || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found, "there is no fibre to write");
    }
    std::error_code error;
    fs::create_directories(options.output, error);
    if (error) {
        throw Error(ErrorCode::io,
                    "Cannot make the folder '" + options.output + "': " + error.message(),
                    error.value());
    }
    for (const auto& [path, fibers] : sources) {
        const Survey survey(path);
        const PlateContents contents = contents_of(survey, id, fibers);
        ProgressBar bar("writing FITS", fibers.size());
        for (const int fiber : fibers) {
            if (interrupted()) {
                throw Error(ErrorCode::io, "interrupted");
            }
            write_spec(
                contents, fiber, (fs::path(options.output) / spec_name({id, fiber})).string());
            bar.advance();
        }
    }
    return finish(report, options.strict);
}

}  // namespace hyperslab::apps::h5boss
