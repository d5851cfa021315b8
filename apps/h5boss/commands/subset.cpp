#include "h5boss/commands/subset.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "h5boss/commands/files.hpp"
#include "h5boss/commands/gathering.hpp"
#include "h5boss/commands/raw_subset.hpp"
#include "h5boss/commands/virtual_subset.hpp"
#include "h5boss/formats/attributes.hpp"
#include "h5boss/formats/pmf.hpp"
#include "shared/ranks.hpp"

namespace hyperslab::apps::h5boss {
namespace {

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
WriteOptions write_options(const SubsetOptions& options, Format format) {
    WriteOptions how = options.storage.write_options(format);
    how.keep_source_attributes = true;
    how.keep_storage = options.storage.compression.empty();
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

/// Whether a subset takes everything as it is stored.
bool copies_bytes(const SubsetOptions& options) {
    return options.cutout.empty() && options.storage.compression.empty() &&
           !options.storage.keep_attributes && options.storage.format != "v2";
}

[[noreturn]] void refuse_nothing(const Report& report, bool strict) {
    finish(report, strict);
    require_complete(report, strict);
    throw Error(ErrorCode::not_found, "no file has any of these fibres, so nothing was written");
}

int write(Gathering& gathering,
          const SubsetOptions& options,
          Report& report,
          InPlace in_place = {}) {
    const std::vector<PlateId> plates = gathering.finish();
    if ((plates.empty() && !in_place.may_be_empty) || (options.strict && !report.complete())) {
        refuse_nothing(report, options.strict);
    }
    WriteOptions how = write_options(options, gathering.format().value_or(Format::v1));
    OutputFile output(options.output);
    if (in_place.changed) {
        keep_surroundings(options.output, output);
    }
    std::size_t written = 0;
    for (const PlateId& id : plates) {
        try {
            PlateContents plate = gathering.contents(id);
            if (how.keep_storage && written == 0) {
                how.filters = plate.filters;
            }
            if (options.cutout.size() == 2) {
                plate = cut_out(std::move(plate), options.cutout[0], options.cutout[1]);
            }
            write_plate(output, plate, how);
            ++written;
        } catch (const Error& error) {
            if (in_place.changed || output.file().contains(to_string(id))) {
                throw;  // Nothing may get lost, nor be there by half.
            }
            report.missing(error.what());
        }
    }
    if ((written == 0 && !in_place.may_be_empty) || (options.strict && !report.complete())) {
        refuse_nothing(report, options.strict);
    }
    output.commit();
    return finish(report, options.strict);
}

/// Writes what is wanted of some files: past HDF5 where that can be, else by it.
int write(std::optional<Wanted> wanted,
          const std::vector<std::string>& paths,
          const SubsetOptions& options,
          Report& report,
          InPlace in_place = {}) {
    const Ranks all = in_place.changed ? Ranks{} : ranks();
    if (copies_bytes(options)) {
        const RawSubset raw{options.output,
                            paths,
                            wanted,
                            options.strict,
                            in_place.may_be_empty,
                            in_place.changed,
                            all};
        if (write_raw(raw, report)) {
            return all.first() ? finish(report, options.strict) : 0;
        }
    }
    if (!all.first()) {
        return 0;  // HDF5 writes a file from one rank, the first.
    }
    Gathering gathering(std::move(wanted), report);
    for (const std::string& path : paths) {
        gathering.add_file(path);
    }
    return write(gathering, options, report, in_place);
}

/// The file that is changed, and then its sources.
std::vector<std::string> with_sources(const SubsetOptions& options,
                                      const std::optional<Wanted>& wanted,
                                      Report& report) {
    std::vector<std::string> paths{options.output};
    for (std::string& path :
         useful_files(SourceFiles(options.sources, options.index, report), wanted)) {
        paths.push_back(std::move(path));
    }
    return paths;
}

/// The fibres of the list, of the question, or of both.
Wanted asked_for(const SubsetOptions& options, SourceFiles& sources, Report& report) {
    const Question question = options.question.question();
    const bool asked = !question.expression.empty() || question.cone;
    Wanted listed;
    if (!options.pmf.empty()) {
        listed = wanted_of(read_pmf(options.pmf, report));
        if (!asked) {
            return listed;
        }
    }
    FiberQueries queries(sources.need_index(report),
                         options.sources.empty() ? options.index : options.sources.front());
    Wanted found = wanted_of(queries.fibers(question));
    if (options.pmf.empty()) {
        return found;
    }
    for (auto& [id, fibers] : found) {
        std::erase_if(fibers, [&, id = id](int fiber) {
            return !listed.contains(id) || !listed[id].contains(fiber);
        });
    }
    std::erase_if(found, [](const auto& one) { return one.second.empty(); });
    return found;
}

int write_virtual_subset(const SubsetOptions& options,
                         const SourceFiles& sources,
                         Wanted wanted,
                         Report& report) {
    if (!options.cutout.empty() || !options.storage.compression.empty() ||
        options.storage.keep_attributes) {
        throw Error(ErrorCode::invalid_argument,
                    "--virtual copies nothing, so --cutout, --compression and --keep-attrs do not "
                    "go with it");
    }
    PieceGathering gathering(std::move(wanted), options.storage.format, report);
    gathering.add_files(sources);
    const std::vector<PlatePiece>& pieces = gathering.finish();
    if (pieces.empty() || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found,
                    "no file has any of these fibres, so nothing was written");
    }
    write_virtual(options.output, pieces);
    return finish(report, options.strict);
}

}  // namespace

int subset(const SubsetOptions& options) {
    if (options.cutout.size() == 2 && !(options.cutout[0] <= options.cutout[1])) {
        throw Error(ErrorCode::invalid_argument, "--cutout needs the shorter wavelength first");
    }
    Report report;
    SourceFiles sources(options.sources, options.index, report);
    Wanted wanted = asked_for(options, sources, report);
    if (options.virtual_) {
        return write_virtual_subset(options, sources, std::move(wanted), report);
    }
    const std::vector<std::string> paths = useful_files(sources, wanted);
    return write(std::move(wanted), paths, options, report);
}

int merge(const SubsetOptions& options) {
    Report report;
    const SourceFiles sources(options.sources, options.index, report);
    return write(std::nullopt, useful_files(sources, std::nullopt), options, report);
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
    return write(std::move(kept), {options.output}, options, report, {true, true});
}

int add_fibers(const SubsetOptions& options) {
    Report report;
    Wanted wanted = fibers_of(options.output);
    for (const auto& [id, fibers] : wanted_of(read_pmf(options.pmf, report))) {
        wanted[id].insert(fibers.begin(), fibers.end());
    }
    const std::vector<std::string> paths = with_sources(options, wanted, report);
    return write(std::move(wanted), paths, options, report, {true, false});
}

int update_fibers(const SubsetOptions& options) {
    Report report;
    Wanted wanted = wanted_of(read_pmf(options.pmf, report));
    const std::vector<std::string> paths = with_sources(options, wanted, report);
    return write(std::move(wanted), paths, options, report, {true, false});
}

void understand_old_form(SubsetOptions& options) {
    if (options.output.empty() && options.pmf.empty() && options.sources.size() == 3) {
        options.pmf = options.sources[2];
        options.output = options.sources[1];
        options.sources.resize(1);
    }
    const bool asked = !options.pmf.empty() || !options.question.expression.empty() ||
                       !options.question.cone.empty();
    if (options.output.empty() || !asked) {
        throw Error(ErrorCode::invalid_argument,
                    "a file to write is needed, and a list of fibres or a query: -o OUT, --pmf "
                    "LIST, --query EXPRESSION or --cone RA DEC RADIUS");
    }
    if (options.sources.empty() && options.index.empty()) {
        throw Error(ErrorCode::invalid_argument, "a file, a folder or an index is needed");
    }
}

}  // namespace hyperslab::apps::h5boss
