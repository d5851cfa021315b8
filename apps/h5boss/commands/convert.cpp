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

/// The file of all plates, or a folder with a file for each.
class Output {
public:
    Output(const ConvertOptions& options, Report& report)
        : options_(options), common_(options.storage.write_options()), report_(report) {}

    void add(const PlateContents& plate) {
        if (plate.fibers.empty()) {
            report_.missing("plate " + to_string(plate.id) + " has no fibre");
            return;
        }
        WriteOptions how = common_;
        if (options_.storage.compression.empty()) {
            how.filters = plate.filters;
        }
        ++plates_;
        if (is_file(options_.output)) {
            if (!file_) {
                file_ = std::make_unique<OutputFile>(options_.output);
            }
            write_plate(*file_, plate, how);
            return;
        }
        make_folder(options_.output);
        const std::string path = (fs::path(options_.output) / file_name(plate.id)).string();
        if (options_.resume && holds(path, plate, how.format)) {
            return;
        }
        OutputFile own(path);
        write_plate(own, plate, how);
        own.commit();
    }

    std::size_t plates() const { return plates_; }
    void commit() {
        if (file_) {
            file_->commit();
        }
    }

private:
    const ConvertOptions& options_;
    WriteOptions common_;
    Report& report_;
    std::unique_ptr<OutputFile> file_;
    std::size_t plates_ = 0;
};

}  // namespace

bool shares_plates(const ConvertOptions& options) { return !is_file(options.output); }

int convert(const ConvertOptions& options) {
    Report report;
    // Of several ranks each makes files of its own; one file for all is made by the first.
    const Ranks all = is_file(options.output) ? Ranks{} : ranks();
    const Share share = share_of(options.sources, all);
    Output output(options, report);
    if (options.strict && !is_file(options.output)) {
        // Files of the first plates must not be there when a later one lacks something.
        Report first;
        each_plate(options.sources, first, share, [](const PlateContents&) {});
        if (!first.complete()) {
            finish(first, true);
            require_complete(first, true);
        }
    }
    each_plate(
        options.sources, report, share, [&](const PlateContents& plate) { output.add(plate); });
    if (output.plates() == 0 && !all.alone()) {
        return finish(report, options.strict);
    }
    if (output.plates() == 0 || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found,
                    "there is no spectrum to convert, so nothing was written");
    }
    output.commit();
    return finish(report, options.strict);
}

}  // namespace hyperslab::apps::h5boss
