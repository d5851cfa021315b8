#include "h5boss/sources/spec_files.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

#include "h5boss/formats/catalogue_columns.hpp"
#include "h5boss/formats/output_file.hpp"
#include "h5boss/sources/fits_table.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

/// One file, read but for its pixels.
struct SpecFile {
    std::string path;
    FiberId id;
    std::map<std::string, std::shared_ptr<const FitsPixels>> spectra;  // by place
    Table row;
    Table lines;
    std::vector<StoredHeader> headers;
};

/// The numbers of spec-PPPP-MJD-FFFF.fits.
std::optional<FiberId> id_of_name(const std::string& path) {
    FiberId id;
    const std::string name = fs::path(path).filename().string();
    const char* at = name.data() + std::min(name.size(), std::string_view("spec").size());
    const char* const end = name.data() + name.size();
    for (int* const number : {&id.plate.plate, &id.plate.mjd, &id.fiber}) {
        if (at == end || *at != '-') {
            return std::nullopt;
        }
        const auto [rest, error] = std::from_chars(at + 1, end, *number);
        if (error != std::errc()) {
            return std::nullopt;
        }
        at = rest;
    }
    return id;
}

/// The numbers that the file itself gives: of the catalogue's row, else of the header.
std::optional<FiberId> id_inside(const SpecFile& file, const Header& primary) {
    if (file.row.size() == 1 && file.row.has("PLATE") && file.row.has("MJD") &&
        file.row.has("FIBERID")) {
        return FiberId{{static_cast<int>(file.row.integer(0, "PLATE")),
                        static_cast<int>(file.row.integer(0, "MJD"))},
                       static_cast<int>(file.row.integer(0, "FIBERID"))};
    }
    const auto plate = primary.integer("PLATEID");
    const auto mjd = primary.integer("MJD");
    const auto fiber = primary.integer("FIBERID");
    if (plate && mjd && fiber) {
        return FiberId{{static_cast<int>(*plate), static_cast<int>(*mjd)},
                       static_cast<int>(*fiber)};
    }
    return std::nullopt;
}

/// "exposures/108341/b" of a frame's name, B1-00108341-00108346-00108347; empty when it is none.
std::string place_of_frame(const std::string& name) {
    const std::size_t dash = name.find('-');
    if (dash == std::string::npos || dash == 0) {
        return "";
    }
    const auto camera = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
    const long exposure = std::strtol(name.c_str() + dash + 1, nullptr, 10);
    return (camera == 'b' || camera == 'r') && exposure > 0
               ? "exposures/" + std::to_string(exposure) + "/" + camera
               : "";
}

/// What the frame of an HDU is called: by its own name, or by the list in the primary header.
std::string frame_name(const Hdu& hdu, const Header& primary, std::size_t number) {
    if (!place_of_frame(hdu.name).empty()) {
        return hdu.name;
    }
    char key[16];
    std::snprintf(key, sizeof key, "EXPID%03zu", number);
    return primary.text(key).value_or("");
}

bool has_column(const Hdu& hdu, const std::string& name) {
    const std::int64_t count = hdu.header.integer("TFIELDS").value_or(0);
    for (std::int64_t i = 1; i <= count; ++i) {
        std::string held = hdu.header.text("TTYPE" + std::to_string(i)).value_or("");
        std::transform(held.begin(), held.end(), held.begin(), [](unsigned char c) {
            return static_cast<char>(std::toupper(c));
        });
        if (held == name) {
            return true;
        }
    }
    return false;
}

SpecFile read_spec(const std::string& path, Report& report) {
    const auto fits = std::make_shared<const FitsFile>(path);
    SpecFile file;
    file.path = path;
    const Header& primary = (*fits)[0].header;
    const auto keep = [&](std::size_t hdu, const std::string& place) {
        file.headers.push_back({0, static_cast<int>(hdu), place, (*fits)[hdu].header});
    };
    keep(0, "");
    std::size_t frames = 0;
    for (std::size_t i = 1; i < fits->size(); ++i) {
        const Hdu& hdu = (*fits)[i];
        if (hdu.kind != Hdu::Kind::table) {
            report.note("'" + path + "': HDU " + std::to_string(i) +
                        " is no table and is left out");
        } else if (has_column(hdu, "FLUX")) {
            const bool coadd = file.spectra.empty();
            const std::string name = coadd ? "" : frame_name(hdu, primary, ++frames);
            const std::string place = coadd ? "coadd" : place_of_frame(name);
            if (place.empty() || file.spectra.contains(place)) {
                report.missing("'" + path + "': HDU " + std::to_string(i) +
                               " names no exposure of its own");
                continue;
            }
            file.spectra[place] = std::make_shared<const FitsPixels>(fits, i, !coadd, report);
            keep(i, place);
        } else if (has_column(hdu, "LINENAME")) {
            file.lines = read_fits_table(*fits, i, report);
            keep(i, "zline");
        } else if (file.row.empty() && hdu.axes.size() == 2 && hdu.axes[1] == 1) {
            file.row = read_fits_table(*fits, i, report);
            keep(i, "spall");
        } else {
            report.note("'" + path + "': HDU " + std::to_string(i) + " is left out");
        }
    }
    const auto inside = id_inside(file, primary);
    const auto named = id_of_name(path);
    if (!inside && !named) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + path + "' does not say its plate, MJD and fibre");
    }
    file.id = inside ? *inside : *named;
    if (inside && named && *inside != *named) {
        report.note("'" + path + "' is named otherwise than what is in it: " + to_string(*inside));
    }
    if (!file.spectra.contains("coadd")) {
        report.missing("'" + path + "': no HDU has a coadd (a table with FLUX)");
    }
    if (file.row.empty()) {
        report.missing("'" + path + "': no HDU has a row of the catalogue");
    }
    if (file.lines.empty()) {
        report.missing("'" + path + "': no HDU has emission lines");
    }
    for (StoredHeader& header : file.headers) {
        header.fiber = file.id.fiber;
    }
    return file;
}

/// A table with FIBERID, of the columns of `spall` that a catalogue has. `renamed` names columns
/// that are called otherwise in `spall`, or that are none of that catalogue ("").
Table part_of(const Table& spall,
              std::string_view catalogue,
              const std::map<std::string, std::string>& renamed) {
    std::vector<CompoundMember> members;
    std::vector<const CompoundMember*> sources;
    std::size_t offset = 0;
    for (const CatalogueColumn& column : catalogue_columns(catalogue)) {
        const auto other = renamed.find(column.name);
        const std::string name = other == renamed.end() ? column.name : other->second;
        if (const CompoundMember* const source =
                name.empty() ? nullptr : spall.type().find_member(name)) {
            members.push_back({column.name, offset, source->type});
            sources.push_back(source);
            offset += source->type.size();
        }
    }
    Table table(Datatype::compound(offset, members));
    table.resize(spall.size());
    for (std::size_t i = 0; i < spall.size(); ++i) {
        for (std::size_t m = 0; m < members.size(); ++m) {
            std::memcpy(table.row(i) + members[m].offset,
                        spall.row(i) + sources[m]->offset,
                        members[m].type.size());
        }
    }
    return table;
}

void add_catalogues(const Table& spall, const Table& lines, PlateContents& contents) {
    const auto add = [&](const char* name, Table table) {
        if (!table.empty() && table.has("FIBERID")) {
            contents.catalogues.push_back({name, std::move(table)});
        }
    };
    if (spall.has("FIBERID")) {
        // OBJID of the photometry is a text, and the fields below are those of the photometry too.
        add("zbest", part_of(spall, "zbest", {{"OBJID", ""}}));
        add("plugmap",
            part_of(spall,
                    "plugmap",
                    {{"OBJID", ""},
                     {"RA", "PLUG_RA"},
                     {"DEC", "PLUG_DEC"},
                     {"RUN", ""},
                     {"RERUN", ""},
                     {"CAMCOL", ""},
                     {"FIELD", ""},
                     {"ID", ""},
                     {"CALIB_STATUS", ""}}));
        if (spall.has("MODELFLUX") || spall.has("PSFFLUX")) {
            add("photo/matchflux", part_of(spall, "photo/matchflux", {}));
        }
        add("spall", spall);
    }
    add("zline", lines);
}

PlateContents plate_of(const std::vector<std::shared_ptr<const SpecFile>>& files, Report& report) {
    PlateContents contents;
    contents.id = files.front()->id.plate;
    Table spall;
    Table lines;
    std::map<std::string, std::vector<std::shared_ptr<const FitsPixels>>> pixels;
    std::map<std::string, Spectra> spectra;
    for (const auto& file : files) {
        contents.fibers.push_back(file->id.fiber);
        try {
            if (!file->row.empty()) {
                spall.append(file->row);
            }
            if (!file->lines.empty()) {
                lines.append(file->lines);
            }
        } catch (const Error& error) {
            report.missing("'" + file->path +
                           "': its rows of catalogues do not go with the others (" + error.what() +
                           ")");
        }
        for (const StoredHeader& header : file->headers) {
            contents.headers.add(header);
        }
        for (const auto& [place, one] : file->spectra) {
            Spectra& all = spectra[place];
            all.place = place;
            all.fibers.push_back(file->id.fiber);
            all.type = pixels[place].empty() || all.type == one->type()
                           ? one->type()
                           : joined_type(all.type, one->type());
            pixels[place].push_back(one);
        }
    }
    add_catalogues(spall, lines, contents);
    for (auto& [place, one] : spectra) {
        one.type = ordered_pixel(one.type, is_exposure(place));
        const auto& held = pixels[place];
        one.pixels = [held](std::size_t i) { return held[i]->size(); };
        one.read = [held, type = one.type](std::size_t i) { return held[i]->read(type); };
        contents.spectra.push_back(std::move(one));
    }
    contents.cards = contents.headers.common();
    return contents;
}

}  // namespace

bool has_spec_name(const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    return name.starts_with("spec-") && (name.ends_with(".fits") || name.ends_with(".fits.gz"));
}

std::vector<PlateContents> spec_plates(std::vector<std::string> paths, Report& report) {
    std::sort(paths.begin(), paths.end());
    std::vector<std::shared_ptr<const SpecFile>> read(paths.size());
    ProgressBar bar("reading spec files", paths.size());
    const auto read_one = [&](std::size_t i) {
        try {
            read[i] = std::make_shared<const SpecFile>(read_spec(paths[i], report));
        } catch (const Error& error) {
            report.missing(error.what());
        }
    };
    in_parallel(paths.size(), read_one, &bar);
    std::map<FiberId, std::shared_ptr<const SpecFile>> by_id;
    for (const auto& file : read) {
        if (file && !by_id.emplace(file->id, file).second) {
            report.missing("'" + file->path + "': fibre " + to_string(file->id) +
                           " is there already, in '" + by_id[file->id]->path + "'");
        }
    }
    std::map<PlateId, std::vector<std::shared_ptr<const SpecFile>>> by_plate;
    for (const auto& [id, file] : by_id) {
        by_plate[id.plate].push_back(file);
    }
    std::vector<PlateContents> plates;
    plates.reserve(by_plate.size());
    for (const auto& [id, files] : by_plate) {
        plates.push_back(plate_of(files, report));
    }
    return plates;
}

}  // namespace hyperslab::apps::h5boss
