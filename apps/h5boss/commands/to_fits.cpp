#include "h5boss/commands/to_fits.hpp"

#include <algorithm>
#include <filesystem>

#include "h5boss/commands/common.hpp"
#include "h5boss/formats/contents.hpp"
#include "h5boss/sources/spec_writer.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

std::vector<int> wanted_fibers(const ToFitsOptions& options, const Plate& plate, Report& report) {
    if (options.fibers.empty()) {
        return plate.fibers();
    }
    std::vector<int> wanted;
    for (const std::string& text : options.fibers) {
        const int fiber = positive(text, "fibre");
        const auto& held = plate.fibers();
        if (std::find(held.begin(), held.end(), fiber) == held.end()) {
            report.missing("fibre " + to_string(FiberId{plate.id(), fiber}) + " is not in '" +
                           options.file + "'");
        } else if (std::find(wanted.begin(), wanted.end(), fiber) == wanted.end()) {
            wanted.push_back(fiber);
        }
    }
    return wanted;
}

}  // namespace

int to_fits(const ToFitsOptions& options) {
    Report report;
    const PlateId id{positive(options.plate, "plate"), positive(options.mjd, "MJD")};
    const Survey survey(options.file);
    const std::vector<int> fibers = wanted_fibers(options, survey.plate(id), report);
    if (fibers.empty() || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found, "there is no fibre to write");
    }
    const PlateContents contents = contents_of(survey, id, fibers);
    std::error_code error;
    fs::create_directories(options.output, error);
    if (error) {
        throw Error(ErrorCode::io,
                    "Cannot make the folder '" + options.output + "': " + error.message(),
                    error.value());
    }
    for (const int fiber : fibers) {
        write_spec(contents, fiber, (fs::path(options.output) / spec_name({id, fiber})).string());
    }
    return finish(report, options.strict);
}

}  // namespace hyperslab::apps::h5boss
