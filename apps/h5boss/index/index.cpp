#include "h5boss/index/index.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "h5boss/formats/output_file.hpp"
#include "h5boss/sources/find_sources.hpp"
#include "shared/interruption.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

/// The columns of zbest (or what stands in for it) that the index has.
constexpr const char* kColumns[] = {"PLUG_RA",
                                    "PLUG_DEC",
                                    "RA",
                                    "DEC",
                                    "OBJTYPE",
                                    "CLASS",
                                    "SUBCLASS",
                                    "Z",
                                    "Z_ERR",
                                    "ZWARNING",
                                    "RCHI2",
                                    "SN_MEDIAN_ALL"};

IndexedFile state_of(const std::string& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) {
        return {path, -1, -1};
    }
    return {path,
            static_cast<std::int64_t>(found.st_size),
            static_cast<std::int64_t>(found.st_mtim.tv_sec) * 1'000'000'000 +
                static_cast<std::int64_t>(found.st_mtim.tv_nsec)};
}

Datatype own_columns() {
    const Datatype number = Datatype::integer(4, true);
    const Datatype wide = Datatype::integer(8, true);
    return Datatype::compound(36,
                              {{"PLATE", 0, number},
                               {"MJD", 4, number},
                               {"FIBERID", 8, number},
                               {"FILE", 12, number},
                               {"OFFSET", 16, wide},
                               {"BYTES", 24, wide},
                               {"ROW", 32, number}});
}

template <class T>
void put(Table& table, std::size_t row, const char* column, T value) {
    std::memcpy(table.row(row) + table.type().find_member(column)->offset, &value, sizeof value);
}

/// Columns of a catalogue's table, with FIBERID.
Table read_some(const Dataset& dataset, std::vector<std::string> wanted) {
    const Datatype type = dataset.datatype();
    std::erase_if(wanted, [&](const std::string& name) {
        const CompoundMember* const member = type.find_member(name);
        return member == nullptr || member->type.type_class() == TypeClass::array;
    });
    wanted.emplace_back("FIBERID");
    const ElementArray rows = dataset.read_elements({}, wanted);
    return {rows.datatype(), Bytes(rows.bytes().begin(), rows.bytes().end())};
}

/// Gives the fibres columns of a catalogue.
/// \returns whether it has a row for each of them
bool add_columns(Table& fibers, const Table& rows, const std::set<std::string>& but) {
    std::vector<CompoundMember> members(fibers.type().members().begin(),
                                        fibers.type().members().end());
    std::size_t offset = fibers.row_size();
    std::vector<const CompoundMember*> sources;
    for (const CompoundMember& one : rows.type().members()) {
        if (one.name != "FIBERID" && !but.contains(one.name)) {
            members.push_back({one.name, offset, one.type});
            offset += one.type.size();
            sources.push_back(&one);
        }
    }
    std::unordered_map<std::int64_t, std::size_t> row_of;
    const std::vector<int> ids = rows.integers("FIBERID");
    for (std::size_t i = ids.size(); i-- > 0;) {
        row_of[ids[i]] = i;
    }
    const std::size_t before = fibers.row_size();
    Table wider(Datatype::compound(offset, members));
    wider.resize(fibers.size());
    bool all = true;
    for (std::size_t i = 0; i < fibers.size(); ++i) {
        std::memcpy(wider.row(i), fibers.row(i), before);
        const auto at = row_of.find(fibers.integer(i, "FIBERID"));
        all = all && at != row_of.end();
        std::size_t to = before;
        for (const CompoundMember* const source : sources) {
            if (at != row_of.end()) {
                std::memcpy(
                    wider.row(i) + to, rows.row(at->second) + source->offset, source->type.size());
            }
            to += source->type.size();
        }
    }
    fibers = std::move(wider);
    return all;
}

void add_places(const Plate& plate, Table& fibers) {
    if (plate.format() == Format::v2) {
        for (std::size_t i = 0; i < fibers.size(); ++i) {
            put(fibers, i, "ROW", static_cast<std::int32_t>(i));
        }
        return;
    }
    for (std::size_t i = 0; i < fibers.size(); ++i) {
        const Object coadd =
            plate.group().find(std::to_string(fibers.integer(i, "FIBERID")) + "/coadd");
        if (!coadd.valid() || coadd.kind() != ObjectKind::dataset) {
            continue;
        }
        if (const auto extent = extent_of(Dataset(coadd))) {
            put(fibers, i, "OFFSET", static_cast<std::int64_t>(extent->offset));
            put(fibers, i, "BYTES", static_cast<std::int64_t>(extent->bytes));
        }
    }
}

IndexedPlate plate_of(const Plate& plate, std::size_t file, Depth depth) {
    IndexedPlate one{plate.id(), file, plate.format(), false, Table(own_columns())};
    const std::vector<int>& fibers = plate.fibers();
    one.fibers.resize(fibers.size());
    for (std::size_t i = 0; i < fibers.size(); ++i) {
        put(one.fibers, i, "PLATE", std::int32_t{plate.id().plate});
        put(one.fibers, i, "MJD", std::int32_t{plate.id().mjd});
        put(one.fibers, i, "FIBERID", std::int32_t{fibers[i]});
        put(one.fibers, i, "OFFSET", std::int64_t{-1});
        put(one.fibers, i, "ROW", std::int32_t{-1});
    }
    if (depth == Depth::places) {
        add_places(plate, one.fibers);
    }
    const std::vector<std::string> names = plate.catalogues();
    const auto has = [&](const char* name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const char* const name : {"zbest", "spall", "plugmap"}) {
        if (has(name)) {
            const std::vector<std::string> wanted(std::begin(kColumns), std::end(kColumns));
            one.matched = add_columns(one.fibers, read_some(plate.catalogue(name), wanted), {});
            break;
        }
    }
    if (has("plugmap") && !one.fibers.has("PLUG_RA") && !one.fibers.has("RA")) {
        add_columns(one.fibers, read_some(plate.catalogue("plugmap"), {"RA", "DEC"}), {});
    }
    return one;
}

Datatype row_type(const Dataset& dataset) { return read_table(dataset, 0, 0).type(); }

bool repeats_fibers(const Dataset& dataset) {
    const std::vector<int> ids = dataset.field("FIBERID").read<int>().to_vector();
    return std::unordered_set<int>(ids.begin(), ids.end()).size() != ids.size();
}

void note_catalogue(std::map<std::string, CatalogueKind>& catalogues,
                    const std::string& name,
                    const CatalogueKind& found) {
    const auto [at, fresh] = catalogues.emplace(name, found);
    if (fresh) {
        return;
    }
    at->second.repeats = at->second.repeats || found.repeats;
    if (at->second.type != found.type) {
        try {
            at->second.type = joined_type(at->second.type, found.type);
        } catch (const Error&) {  // NOLINT(bugprone-empty-catch)
            // A column with other dimensions is read as the first plate has it.
        }
    }
}

}  // namespace

std::string absolute_path(const std::string& path) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(fs::absolute(path), error);
    return error ? fs::absolute(path).string() : whole.string();
}

Index Index::of(const std::vector<std::string>& roots,
                Depth depth,
                Report& report,
                const Index* before) {
    Index index;
    std::set<std::string> found;
    for (const std::string& root : roots) {
        index.roots_.push_back(absolute_path(root));
        try {
            for (const std::string& file : survey_files({root})) {
                found.insert(absolute_path(file));
            }
        } catch (const Error& error) {
            report.missing(error.what());
        }
    }
    std::sort(index.roots_.begin(), index.roots_.end());
    index.roots_.erase(std::unique(index.roots_.begin(), index.roots_.end()), index.roots_.end());
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; before != nullptr && i < before->files_.size(); ++i) {
        known.emplace(before->files_[i].path, i);
        if (!found.contains(before->files_[i].path)) {
            report.missing("'" + before->files_[i].path + "' of the index is not there any more");
        }
    }
    if (before != nullptr) {
        index.catalogues_ = before->catalogues_;
    }
    ProgressBar bar("looking into files", found.size());
    for (const std::string& path : found) {
        bar.advance();
        if (interrupted()) {
            throw Error(ErrorCode::io, "interrupted; nothing was changed");
        }
        if (is_index(path)) {
            continue;
        }
        index.files_.push_back(state_of(path));
        const auto at = known.find(path);
        if (at != known.end() && before->files_[at->second] == index.files_.back()) {
            index.take(*before, at->second, index.files_.size() - 1);
        } else {
            index.scan(index.files_.size() - 1, depth, report);
        }
    }
    std::stable_sort(index.plates_.begin(), index.plates_.end(), [](const auto& a, const auto& b) {
        return a.id < b.id;
    });
    index.drop_repeated(report);
    return index;
}

void Index::take(const Index& before, std::size_t file_before, std::size_t file) {
    for (const IndexedPlate& plate : before.plates_) {
        if (plate.file == file_before) {
            plates_.push_back(plate);
            plates_.back().file = file;
        }
    }
}

void Index::scan(std::size_t file, Depth depth, Report& report) {
    const std::string& path = files_[file].path;
    try {
        const Survey survey(path);
        if (survey.plates().empty()) {
            report.note("'" + path + "' has no plate");
        }
        for (const PlateId& id : survey.plates()) {
            try {
                const Plate plate = survey.plate(id);
                IndexedPlate one = plate_of(plate, file, depth);
                for (const std::string& name : plate.catalogues()) {
                    const Dataset dataset = plate.catalogue(name);
                    const auto known = catalogues_.find(name);
                    const bool repeats = known != catalogues_.end() ? known->second.repeats
                                                                    : repeats_fibers(dataset);
                    note_catalogue(catalogues_, name, {row_type(dataset), repeats});
                }
                plates_.push_back(std::move(one));
            } catch (const Error& error) {
                report.missing("plate " + to_string(id) + " in '" + path + "': " + error.what());
            }
        }
    } catch (const Error& error) {
        report.missing(error.what());
        files_[file].changed = -1;  // It is looked at again the next time.
    }
}

/// A fibre that several files have is left to the first of them.
void Index::drop_repeated(Report& report) {
    for (std::size_t begin = 0; begin < plates_.size();) {
        std::size_t end = begin + 1;
        while (end < plates_.size() && plates_[end].id == plates_[begin].id) {
            ++end;
        }
        std::unordered_set<int> seen;
        for (std::size_t i = begin; end - begin > 1 && i < end; ++i) {
            Table& table = plates_[i].fibers;
            const std::vector<int> fibers = table.integers("FIBERID");
            std::vector<std::size_t> fresh;
            for (std::size_t row = 0; row < fibers.size(); ++row) {
                if (seen.insert(fibers[row]).second) {
                    fresh.push_back(row);
                }
            }
            if (fresh.size() < fibers.size()) {
                report.note("'" + files_[plates_[i].file].path + "' has " +
                            std::to_string(fibers.size() - fresh.size()) + " fibres of plate " +
                            to_string(plates_[i].id) + " that another file has, too");
                table = table.rows(fresh);
            }
        }
        begin = end;
    }
}

Index Index::open(const std::string& path, const std::vector<std::string>& roots, Report& report) {
    if (!fs::exists(path)) {
        Index index = of(roots, Depth::places, report);
        index.save(path);
        return index;
    }
    const Index before = load(path);
    std::vector<std::string> all = before.roots_;
    for (const std::string& root : roots) {
        all.push_back(absolute_path(root));
    }
    Index now = of(all, Depth::places, report, &before);
    if (now.files_ != before.files_ || now.roots_ != before.roots_) {
        try {
            now.save(path);
        } catch (const Error& error) {
            report.note(std::string("the index is out of date and stays so: ") + error.what());
        }
    }
    return now;
}

std::size_t Index::fibers() const {
    std::size_t count = 0;
    for (const IndexedPlate& plate : plates_) {
        count += plate.fibers.size();
    }
    return count;
}

}  // namespace hyperslab::apps::h5boss
