#include "h5boss/commands/subset.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "h5boss/formats/attributes.hpp"
#include "h5boss/formats/pmf.hpp"
#include "h5boss/sources/find_sources.hpp"

namespace hyperslab::apps::h5boss {
namespace {

/// Which fibres of a plate are wanted; all of them where there is no list.
using Wanted = std::map<PlateId, std::set<int>>;

Wanted wanted_of(const std::vector<FiberId>& fibers) {
    Wanted wanted;
    for (const FiberId& id : fibers) {
        wanted[id.plate].insert(id.fiber);
    }
    return wanted;
}

/// The spectra of one kind of two files one after the other.
Spectra joined(const Spectra& a, const Spectra& b) {
    Spectra both;
    both.place = a.place;
    both.fibers = a.fibers;
    both.fibers.insert(both.fibers.end(), b.fibers.begin(), b.fibers.end());
    both.type = ordered_pixel(joined_type(a.type, b.type), is_exposure(a.place));
    const std::size_t first = a.fibers.size();
    both.pixels = [a, b, first](std::size_t i) {
        return i < first ? a.pixels(i) : b.pixels(i - first);
    };
    both.read = [a, b, first, type = both.type](std::size_t i) {
        Table own = i < first ? a.read(i) : b.read(i - first);
        if (own.type() == type) {
            return own;
        }
        Table wider(type);
        wider.append(own);
        return wider;
    };
    if (a.grid == b.grid) {
        both.grid = a.grid;
    }
    if (a.source && b.source) {
        both.source = [a, b, first](std::size_t i) {
            return i < first ? a.source(i) : b.source(i - first);
        };
        both.unchanged = a.unchanged && b.unchanged;
    }
    return both;
}

/// Adds the fibres of another file to a plate.
void join(PlateContents& plate, PlateContents more) {
    plate.fibers.insert(plate.fibers.end(), more.fibers.begin(), more.fibers.end());
    for (Catalogue& catalogue : more.catalogues) {
        const auto held = std::find_if(
            plate.catalogues.begin(), plate.catalogues.end(), [&](const Catalogue& one) {
                return one.name == catalogue.name;
            });
        if (held == plate.catalogues.end()) {
            plate.catalogues.push_back(std::move(catalogue));
        } else {
            held->table.append(catalogue.table);
        }
    }
    for (Spectra& spectra : more.spectra) {
        const auto held =
            std::find_if(plate.spectra.begin(), plate.spectra.end(), [&](const Spectra& one) {
                return one.place == spectra.place;
            });
        if (held == plate.spectra.end()) {
            plate.spectra.push_back(std::move(spectra));
        } else {
            *held = joined(*held, spectra);
        }
    }
    for (const StoredHeader& header : more.headers.all()) {
        if (header.fiber != 0 || plate.headers.find(0, header.place) == nullptr) {
            plate.headers.add(header);
        }
    }
    if (!plate.headers.empty()) {
        plate.cards = plate.headers.common();
    }
    plate.extras.insert(plate.extras.end(), more.extras.begin(), more.extras.end());
}

/// The fibres of a plate that are wanted of a file: those that no file before has given.
std::vector<int> still_wanted(const Plate& plate,
                              const std::set<int>* wanted,
                              std::set<int>& given) {
    std::vector<int> fibers;
    for (const int fiber : plate.fibers()) {
        if ((wanted == nullptr || wanted->contains(fiber)) && given.insert(fiber).second) {
            fibers.push_back(fiber);
        }
    }
    return fibers;
}

class Gathering {
public:
    Gathering(std::optional<Wanted> wanted, Report& report)
        : wanted_(std::move(wanted)), report_(report) {}

    void add_file(const std::string& path) {
        try {
            const Survey survey(path);
            for (const PlateId& id : survey.plates()) {
                add_plate(survey, id);
            }
        } catch (const Error& error) {
            report_.missing(error.what());
        }
    }

    /// What was gathered, with all that the list names and no file has reported.
    std::map<PlateId, PlateContents>& finish() {
        for (const auto& [id, fibers] : wanted_.value_or(Wanted{})) {
            for (const int fiber : fibers) {
                if (!given_[id].contains(fiber)) {
                    report_.missing("fibre " + to_string(FiberId{id, fiber}) + " is in no file");
                }
            }
        }
        return plates_;
    }
    std::optional<Format> format() const { return format_; }

private:
    void add_plate(const Survey& survey, const PlateId& id) {
        const std::set<int>* fibers = nullptr;
        if (wanted_) {
            const auto at = wanted_->find(id);
            if (at == wanted_->end()) {
                return;
            }
            fibers = &at->second;
        }
        const Plate plate = survey.plate(id);
        format_ = format_.value_or(plate.format());
        const std::vector<int> taken = still_wanted(plate, fibers, given_[id]);
        if (taken.empty()) {
            return;
        }
        PlateContents contents = contents_of(survey, id, taken);
        const auto at = plates_.find(id);
        if (at == plates_.end()) {
            plates_.emplace(id, std::move(contents));
        } else {
            join(at->second, std::move(contents));
        }
    }

    std::optional<Wanted> wanted_;
    Report& report_;
    std::map<PlateId, PlateContents> plates_;
    std::map<PlateId, std::set<int>> given_;
    std::optional<Format> format_;
};

/// The files of a source: itself, what is below a folder, or the names in a text file, one a line.
std::vector<std::string> files_of(const std::string& source) {
    std::ifstream text(source);
    char first[4] = "";
    text.read(first, 1);
    if (has_survey_name(source) || !text || first[0] == '\x89' || is_hdf5(source)) {
        return survey_files({source});
    }
    text.seekg(0);
    std::vector<std::string> files;
    for (std::string line; std::getline(text, line);) {
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (!line.empty()) {
            files.push_back(line);
        }
    }
    return files;
}

std::vector<std::string> files_of(const std::vector<std::string>& sources) {
    std::vector<std::string> files;
    for (const std::string& source : sources) {
        const std::vector<std::string> more = files_of(source);
        files.insert(files.end(), more.begin(), more.end());
    }
    return files;
}

Wanted fibers_of(const std::string& path) {
    Wanted held;
    const Survey survey(path);
    for (const PlateId& id : survey.plates()) {
        const std::vector<int> fibers = survey.plate(id).fibers();
        held[id].insert(fibers.begin(), fibers.end());
    }
    return held;
}

/// How a file is written that consists of parts of others: as they are stored, unless it is told
/// otherwise.
WriteOptions write_options(const SubsetOptions& options,
                           const std::map<PlateId, PlateContents>& plates,
                           Format format) {
    WriteOptions how = options.storage.write_options(format);
    how.keep_source_attributes = true;
    how.keep_storage = options.storage.compression.empty();
    if (how.keep_storage && !plates.empty()) {
        how.filters = plates.begin()->second.filters;
    }
    return how;
}

/// What lies beside the plates of a file that is changed in place, and its own attributes.
void keep_surroundings(const std::string& path, const OutputFile& output) {
    const Survey survey(path);
    std::set<std::string> plates;
    for (const PlateId& id : survey.plates()) {
        plates.insert(std::to_string(id.plate));
    }
    for (const auto& [name, object] : survey.file()) {
        if (!plates.contains(name) && object.valid()) {
            output.file().copy(object, name);
        }
    }
    copy_attributes(survey.file(), output.file());
}

/// Whether the output is made of itself, and whether it may then have no fibre left.
struct InPlace {
    bool changed = false;
    bool may_be_empty = false;
};

int write(Gathering& gathering,
          const SubsetOptions& options,
          Report& report,
          InPlace in_place = {}) {
    std::map<PlateId, PlateContents>& plates = gathering.finish();
    if ((plates.empty() && !in_place.may_be_empty) || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found,
                    "no file has any of these fibres, so nothing was written");
    }
    const WriteOptions how =
        write_options(options, plates, gathering.format().value_or(Format::v1));
    OutputFile output(options.output);
    if (in_place.changed) {
        keep_surroundings(options.output, output);
    }
    for (auto& [id, plate] : plates) {
        if (options.cutout.size() == 2) {
            plate = cut_out(std::move(plate), options.cutout[0], options.cutout[1]);
        }
        write_plate(output, plate, how);
    }
    output.commit();
    return finish(report, options.strict);
}

}  // namespace

int subset(const SubsetOptions& options) {
    if (options.cutout.size() == 2 && !(options.cutout[0] <= options.cutout[1])) {
        throw Error(ErrorCode::invalid_argument, "--cutout needs the shorter wavelength first");
    }
    Report report;
    Gathering gathering(wanted_of(read_pmf(options.pmf, report)), report);
    for (const std::string& path : files_of(options.sources)) {
        gathering.add_file(path);
    }
    return write(gathering, options, report);
}

int merge(const SubsetOptions& options) {
    Report report;
    Gathering gathering(std::nullopt, report);
    for (const std::string& path : files_of(options.sources)) {
        gathering.add_file(path);
    }
    return write(gathering, options, report);
}

int remove_fibers(const SubsetOptions& options) {
    Report report;
    Wanted kept = fibers_of(options.output);
    std::size_t removed = 0;
    const Wanted unwanted = wanted_of(read_pmf(options.pmf, report));
    for (const auto& [id, fibers] : unwanted) {
        for (const int fiber : fibers) {
            const std::size_t gone = kept.contains(id) ? kept[id].erase(fiber) : 0;
            removed += gone;
            if (gone == 0) {
                report.missing("fibre " + to_string(FiberId{id, fiber}) + " is not in '" +
                               options.output + "'");
            }
        }
    }
    if (removed == 0 || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        return 0;
    }
    std::erase_if(kept, [](const auto& one) { return one.second.empty(); });
    Gathering gathering(std::move(kept), report);
    gathering.add_file(options.output);
    return write(gathering, options, report, {true, true});
}

int add_fibers(const SubsetOptions& options) {
    Report report;
    Wanted wanted = fibers_of(options.output);
    for (const auto& [id, fibers] : wanted_of(read_pmf(options.pmf, report))) {
        wanted[id].insert(fibers.begin(), fibers.end());
    }
    Gathering gathering(std::move(wanted), report);
    gathering.add_file(options.output);
    for (const std::string& path : files_of(options.sources)) {
        gathering.add_file(path);
    }
    return write(gathering, options, report, {true, false});
}

int update_fibers(const SubsetOptions& options) {
    Report report;
    Gathering gathering(wanted_of(read_pmf(options.pmf, report)), report);
    gathering.add_file(options.output);
    for (const std::string& path : files_of(options.sources)) {
        gathering.add_file(path);
    }
    return write(gathering, options, report, {true, false});
}

void understand_old_form(SubsetOptions& options) {
    if (options.output.empty() && options.pmf.empty() && options.sources.size() == 3) {
        options.pmf = options.sources[2];
        options.output = options.sources[1];
        options.sources.resize(1);
    }
    if (options.output.empty() || options.pmf.empty()) {
        throw Error(ErrorCode::invalid_argument,
                    "a list of fibres and a file to write are needed: --pmf LIST -o OUT");
    }
}

}  // namespace hyperslab::apps::h5boss
