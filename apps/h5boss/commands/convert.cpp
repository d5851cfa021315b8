#include "h5boss/commands/convert.hpp"

#include <filesystem>
#include <memory>

#include "h5boss/formats/whole.hpp"
#include "h5boss/sources/find_sources.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

/// Whether the output is one file for all plates, or a folder with a file for each.
bool is_file(const std::string& output) {
    return !fs::is_directory(output) && (has_survey_name(output) || fs::is_regular_file(output));
}

void make_folder(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw Error(ErrorCode::io,
                    "Cannot make the folder '" + folder + "': " + error.message(),
                    error.value());
    }
}

void drop_empty(std::vector<PlateContents>& plates, Report& report) {
    std::erase_if(plates, [&](const PlateContents& one) {
        if (one.fibers.empty()) {
            report.missing("plate " + to_string(one.id) + " has no fibre");
        }
        return one.fibers.empty();
    });
}

}  // namespace

bool shares_plates(const ConvertOptions& options) { return !is_file(options.output); }

int convert(const ConvertOptions& options) {
    Report report;
    const WriteOptions common = options.storage.write_options();
    const auto how = [&](const PlateContents& plate) {
        WriteOptions own = common;
        if (options.storage.compression.empty()) {
            own.filters = plate.filters;
        }
        return own;
    };
    // Of several ranks each makes files of its own; one file for all is made by the first.
    const Ranks all = is_file(options.output) ? Ranks{} : ranks();
    std::vector<PlateContents> plates = plates_of(options.sources, report, all);
    drop_empty(plates, report);
    if (plates.empty() && !all.alone()) {
        return finish(report, options.strict);
    }
    if (plates.empty() || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found,
                    "there is no spectrum to convert, so nothing was written");
    }
    if (is_file(options.output)) {
        OutputFile output(options.output);
        for (const PlateContents& plate : plates) {
            write_plate(output, plate, how(plate));
        }
        if (!options.strict || report.complete()) {
            output.commit();
        }
    } else {
        make_folder(options.output);
        for (const PlateContents& plate : plates) {
            const std::string path = (fs::path(options.output) / file_name(plate.id)).string();
            if (options.resume && holds(path, plate, common.format)) {
                continue;
            }
            auto output = std::make_unique<OutputFile>(path);
            write_plate(*output, plate, how(plate));
            output->commit();
        }
    }
    return finish(report, options.strict);
}

}  // namespace hyperslab::apps::h5boss
