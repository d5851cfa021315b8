#include "h5boss/index/scan.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "h5boss/formats/output_file.hpp"
#include "h5boss/raw/plate.hpp"
#include "h5boss/raw/type_facts.hpp"

namespace hyperslab::apps::h5boss {
namespace {

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

Datatype exposure_columns() {
    const Datatype number = Datatype::integer(4, true);
    const Datatype wide = Datatype::integer(8, true);
    return Datatype::compound(42,
                              {{"PLATE", 0, number},
                               {"MJD", 4, number},
                               {"FIBERID", 8, number},
                               {"FILE", 12, number},
                               {"EXPOSURE", 16, wide},
                               {"CAMERA", 24, Datatype::fixed_string(2)},
                               {"OFFSET", 26, wide},
                               {"BYTES", 34, wide}});
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

/// Puts the place of a spectrum into the tables of a plate.
void put_place(FoundPlate& found_plate, std::size_t row, const raw::SpectrumPlace& found) {
    IndexedPlate& plate = found_plate.plate;
    if (found.place == "coadd") {
        put(plate.fibers, row, "OFFSET", static_cast<std::int64_t>(found.offset));
        put(plate.fibers, row, "BYTES", static_cast<std::int64_t>(found.bytes));
        return;
    }
    const std::size_t begin = found.place.find('/') + 1;
    const std::size_t end = found.place.find('/', begin);
    if (!found.place.starts_with("exposures/") || end == std::string::npos) {
        return;
    }
    const auto number = number_of(found.place.substr(begin, end - begin));
    const std::string camera = found.place.substr(end + 1);
    if (!number || camera.size() > 2) {
        return;
    }
    Table& table = found_plate.exposures;
    const std::size_t last = table.size();
    table.resize(last + 1);
    put(table, last, "PLATE", std::int32_t{plate.id.plate});
    put(table, last, "MJD", std::int32_t{plate.id.mjd});
    put(table, last, "FIBERID", static_cast<std::int32_t>(plate.fibers.integer(row, "FIBERID")));
    put(table, last, "EXPOSURE", std::int64_t{*number});
    std::memcpy(
        table.row(last) + table.type().find_member("CAMERA")->offset, camera.data(), camera.size());
    put(table, last, "OFFSET", static_cast<std::int64_t>(found.offset));
    put(table, last, "BYTES", static_cast<std::int64_t>(found.bytes));
}

/// A plate with its fibres, of which nothing else is known yet.
FoundPlate bare_plate(const PlateId& id, Format format, const std::vector<int>& fibers) {
    FoundPlate found{{id, 0, format, false, Table(own_columns())}, Table(exposure_columns())};
    IndexedPlate& one = found.plate;
    one.fibers.resize(fibers.size());
    for (std::size_t i = 0; i < fibers.size(); ++i) {
        put(one.fibers, i, "PLATE", std::int32_t{id.plate});
        put(one.fibers, i, "MJD", std::int32_t{id.mjd});
        put(one.fibers, i, "FIBERID", std::int32_t{fibers[i]});
        put(one.fibers, i, "OFFSET", std::int64_t{-1});
        put(one.fibers, i, "ROW", std::int32_t{-1});
    }
    return found;
}

/// Gives the fibres columns of their catalogues.
/// \param read_some  some columns of a catalogue; nothing when the plate lacks it
void add_known_columns(
    IndexedPlate& plate,
    const std::function<std::optional<Table>(const std::string& name,
                                             const std::vector<std::string>& columns)>& read_some) {
    const std::vector<std::string> wanted(std::begin(kColumns), std::end(kColumns));
    for (const char* const name : {"zbest", "spall", "plugmap"}) {
        if (const auto rows = read_some(name, wanted)) {
            plate.matched = add_columns(plate.fibers, *rows, {});
            break;
        }
    }
    if (!plate.fibers.has("PLUG_RA") && !plate.fibers.has("RA")) {
        if (const auto rows = read_some("plugmap", {"RA", "DEC"})) {
            add_columns(plate.fibers, *rows, {});
        }
    }
}

bool repeats(const std::vector<int>& ids) {
    return std::unordered_set<int>(ids.begin(), ids.end()).size() != ids.size();
}

// ---- by HDF5 ----

void add_places(const Plate& plate, FoundPlate& found) {
    IndexedPlate& one = found.plate;
    if (plate.format() == Format::v2) {
        for (std::size_t i = 0; i < one.fibers.size(); ++i) {
            put(one.fibers, i, "ROW", static_cast<std::int32_t>(i));
        }
        return;
    }
    for (std::size_t i = 0; i < one.fibers.size(); ++i) {
        const Object fiber = plate.group().find(std::to_string(one.fibers.integer(i, "FIBERID")));
        if (!fiber.valid() || fiber.kind() != ObjectKind::group) {
            continue;
        }
        Group(fiber).visit([&](const std::string& path, const Object& object) {
            if (object.valid() && object.kind() == ObjectKind::dataset) {
                if (const auto extent = extent_of(Dataset(object))) {
                    put_place(found, i, {path, extent->offset, extent->bytes});
                }
            }
        });
    }
}

FoundPlate plate_of(const Plate& plate, Depth depth) {
    FoundPlate found = bare_plate(plate.id(), plate.format(), plate.fibers());
    if (depth == Depth::places) {
        add_places(plate, found);
    }
    const std::vector<std::string> names = plate.catalogues();
    add_known_columns(found.plate,
                      [&](const std::string& name, const std::vector<std::string>& columns) {
                          return std::find(names.begin(), names.end(), name) == names.end()
                                     ? std::optional<Table>()
                                     : read_some(plate.catalogue(name), columns);
                      });
    return found;
}

Datatype row_type(const Dataset& dataset) { return read_table(dataset, 0, 0).type(); }

Scan scan_by_hdf5(const std::string& path,
                  Depth depth,
                  const std::map<std::string, CatalogueKind>& known,
                  Report& report) {
    Scan scan;
    try {
        const Survey survey(path);
        if (survey.plates().empty()) {
            report.note("'" + path + "' has no plate");
        }
        for (const PlateId& id : survey.plates()) {
            try {
                const Plate plate = survey.plate(id);
                FoundPlate one = plate_of(plate, depth);
                for (const std::string& name : plate.catalogues()) {
                    const Dataset dataset = plate.catalogue(name);
                    const auto at = known.find(name);
                    note_catalogue(
                        scan.catalogues,
                        name,
                        {row_type(dataset),
                         at != known.end()
                             ? at->second.repeats
                             : repeats(dataset.field("FIBERID").read<int>().to_vector())});
                }
                scan.plates.push_back(std::move(one));
            } catch (const Error& error) {
                report.missing("plate " + to_string(id) + " in '" + path + "': " + error.what());
            }
        }
    } catch (const Error& error) {
        report.missing(error.what());
        scan.failed = true;
    }
    return scan;
}

// ---- past HDF5 ----

Table read_whole(const raw::TableFile& table) {
    return {raw::facts_of(table.type).type,
            table.file->read(table.offset, static_cast<std::size_t>(table.bytes))};
}

/// Some columns of a table, with FIBERID.
Table some_columns(const Table& table, const std::vector<std::string>& wanted) {
    std::vector<CompoundMember> members;
    std::vector<const CompoundMember*> sources;
    std::size_t size = 0;
    const auto add = [&](const CompoundMember* member) {
        if (member != nullptr && member->type.type_class() != TypeClass::array) {
            members.push_back({member->name, size, member->type});
            sources.push_back(member);
            size += member->type.size();
        }
    };
    for (const CompoundMember& one : table.type().members()) {
        const bool named = std::find(wanted.begin(), wanted.end(), one.name) != wanted.end();
        add(named || one.name == "FIBERID" ? &one : nullptr);
    }
    Table some(Datatype::compound(size, members));
    some.resize(table.size());
    for (std::size_t m = 0; m < members.size(); ++m) {
        for (std::size_t i = 0; i < table.size(); ++i) {
            std::memcpy(some.row(i) + members[m].offset,
                        table.row(i) + sources[m]->offset,
                        members[m].type.size());
        }
    }
    return some;
}

FoundPlate plate_of(const raw::SourcePlate& plate,
                    const std::vector<raw::CatalogueTable>& catalogues,
                    Depth depth) {
    std::vector<int> fibers;
    fibers.reserve(plate.fibers.size());
    for (const auto& [fiber, address] : plate.fibers) {
        fibers.push_back(fiber);
    }
    FoundPlate found = bare_plate(plate.id, Format::v1, fibers);
    for (std::size_t i = 0; i < fibers.size() && depth == Depth::places; ++i) {
        for (const raw::SpectrumPlace& place : raw::places_of(plate, plate.fibers[i].second)) {
            put_place(found, i, place);
        }
    }
    add_known_columns(found.plate,
                      [&](const std::string& name,
                          const std::vector<std::string>& columns) -> std::optional<Table> {
                          for (const raw::CatalogueTable& catalogue : catalogues) {
                              if (catalogue.name == name) {
                                  return some_columns(read_whole(catalogue.table), columns);
                              }
                          }
                          return std::nullopt;
                      });
    return found;
}

Scan scan_raw(const std::string& path,
              Depth depth,
              const std::map<std::string, CatalogueKind>& known) {
    Scan scan;
    const raw::OpenedFile file = raw::open_file(path);
    if (file.plates.empty()) {
        throw raw::Refusal();
    }
    for (const raw::SourcePlate& plate : file.plates) {
        const std::vector<raw::CatalogueTable> catalogues = raw::catalogues_of(plate);
        for (const raw::CatalogueTable& one : catalogues) {
            const auto at = known.find(one.name);
            note_catalogue(
                scan.catalogues,
                one.name,
                {raw::facts_of(one.table.type).type,
                 at != known.end() ? at->second.repeats
                                   : repeats(read_whole(one.table).integers("FIBERID"))});
        }
        scan.plates.push_back(plate_of(plate, catalogues, depth));
    }
    return scan;
}

}  // namespace

Scan scan_file(const std::string& path,
               Depth depth,
               const std::map<std::string, CatalogueKind>& known,
               Report& report) {
    try {
        return scan_raw(path, depth, known);
    } catch (const raw::Refusal&) {
        return scan_by_hdf5(path, depth, known, report);
    }
}

}  // namespace hyperslab::apps::h5boss
