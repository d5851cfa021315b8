#include "h5boss/commands/info.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/files.hpp"
#include "h5boss/formats/contents.hpp"
#include "shared/output.hpp"

namespace hyperslab::apps::h5boss {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kSparklineWidth = 60;

const Spectra* coadds_of(const PlateContents& contents) {
    for (const Spectra& one : contents.spectra) {
        if (one.place == "coadd") {
            return &one;
        }
    }
    return nullptr;
}

std::size_t exposures_of(const Plate& plate) {
    const std::string first = plate.fibers().empty() ? "" : std::to_string(plate.fibers().front());
    const std::string path = plate.format() == Format::v2 ? "exposures" : first + "/exposures";
    const Object object = plate.group().contains(path) ? plate.group().find(path) : Object();
    return object.valid() && object.kind() == ObjectKind::group ? Group(object).size() : 0;
}

Json plate_json(const Plate& plate) {
    return {{"plate", plate.id().plate},
            {"mjd", plate.id().mjd},
            {"format", plate.format() == Format::v1 ? "v1" : "v2"},
            {"fibers", plate.fibers().size()},
            {"exposures", exposures_of(plate)},
            {"catalogues", plate.catalogues()}};
}

std::string plate_line(const Json& one) {
    std::string catalogues;
    for (const auto& name : one["catalogues"]) {
        catalogues += (catalogues.empty() ? "" : ", ") + name.get<std::string>();
    }
    char line[128];
    std::snprintf(line,
                  sizeof line,
                  "%d/%d  %s  %zu fibres  %zu exposures  ",
                  one["plate"].get<int>(),
                  one["mjd"].get<int>(),
                  one["format"].get<std::string>().c_str(),
                  one["fibers"].get<std::size_t>(),
                  one["exposures"].get<std::size_t>());
    return line + printable(catalogues) + "\n";
}

std::vector<double> column(const Table& table, const std::string& name) {
    std::vector<double> values(table.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = table.real(i, name);
    }
    return values;
}

/// What zbest says of a fibre: class, subclass, redshift. Empty where it says nothing.
std::string kind_of(const PlateContents& contents, int fiber) {
    const Table* const zbest = contents.catalogue("zbest");
    if (zbest == nullptr || !zbest->has("CLASS") || !zbest->has("Z")) {
        return "";
    }
    const std::array<int, 1> only{fiber};
    const Table row = zbest->where("FIBERID", only);
    if (row.empty()) {
        return "";
    }
    char text[32];
    std::snprintf(text, sizeof text, "  z = %.4f", row.real(0, "Z"));
    return printable(row.text(0, "CLASS")) + text;
}

std::string fiber_text(const PlateContents& contents, int fiber) {
    const Spectra* const coadds = coadds_of(contents);
    const auto at = coadds == nullptr
                        ? std::vector<int>::const_iterator{}
                        : std::find(coadds->fibers.begin(), coadds->fibers.end(), fiber);
    if (coadds == nullptr || at == coadds->fibers.end()) {
        return "";
    }
    const Table pixels = coadds->read(static_cast<std::size_t>(at - coadds->fibers.begin()));
    std::string text =
        to_string(FiberId{contents.id, fiber}) + "  " + std::to_string(pixels.size()) + " pixels";
    if (!pixels.empty()) {
        char range[64];
        std::snprintf(range,
                      sizeof range,
                      "  %.1f to %.1f Angstrom  ",
                      pixels.real(0, "WAVE"),
                      pixels.real(pixels.size() - 1, "WAVE"));
        text += range;
    }
    return text + kind_of(contents, fiber) + "\n  " +
           sparkline(column(pixels, "FLUX"), kSparklineWidth) + "\n";
}

}  // namespace

std::string sparkline(const std::vector<double>& values, std::size_t width) {
    std::vector<double> means;
    const std::size_t count = std::min(width, values.size());
    for (std::size_t i = 0; i < count; ++i) {
        double sum = 0;
        std::size_t held = 0;
        for (std::size_t j = i * values.size() / count; j < (i + 1) * values.size() / count; ++j) {
            if (std::isfinite(values[j])) {
                sum += values[j];
                ++held;
            }
        }
        means.push_back(held == 0 ? 0 : sum / static_cast<double>(held));
    }
    if (means.empty()) {
        return "";
    }
    const auto [low, high] = std::minmax_element(means.begin(), means.end());
    std::string line;
    for (const double mean : means) {
        const double height = *high > *low ? (mean - *low) / (*high - *low) : 0;
        const char block = static_cast<char>(0x81 + std::min(7, static_cast<int>(height * 8)));
        line += "\xe2\x96";  // U+2581 to U+2588, the lower blocks of eight heights
        line += block;
    }
    return line;
}

namespace {

/// Which plates the place of a command line means.
class Place {
public:
    explicit Place(const std::vector<std::string>& place) {
        if (place.size() > 3) {
            throw Error(ErrorCode::invalid_argument,
                        "a place is PLATE MJD FIBER, and nothing behind");
        }
        if (!place.empty()) {
            plate_ = positive(place[0], "plate");
            mjd_ = place.size() > 1 ? positive(place[1], "MJD") : 0;
        }
        if (place.size() == 3) {
            fiber = positive(place[2], "fibre");
        }
    }

    bool holds(const PlateId& id) const {
        return plate_ == 0 || (id.plate == plate_ && (mjd_ == 0 || id.mjd == mjd_));
    }
    std::set<PlateId> plates() const {
        return mjd_ == 0 ? std::set<PlateId>{} : std::set<PlateId>{{plate_, mjd_}};
    }

    int fiber = 0;

private:
    int plate_ = 0;
    int mjd_ = 0;
};

int print_fiber(const std::vector<std::string>& files, const Place& place) {
    const PlateId id = *place.plates().begin();
    for (const std::string& path : files) {
        const Survey survey(path);
        const std::string text =
            survey.contains(id) ? fiber_text(contents_of(survey, id, {place.fiber}), place.fiber)
                                : "";
        if (!text.empty()) {
            print(text);
            return 0;
        }
    }
    throw Error(ErrorCode::not_found, "there is no fibre " + to_string(FiberId{id, place.fiber}));
}

/// Below the plates on a terminal: the first spectrum as a line.
void print_first(const std::vector<std::string>& files, const Place& place) {
    for (const std::string& path : files) {
        const Survey survey(path);
        for (const PlateId& id : survey.plates()) {
            const Plate first = survey.plate(id);
            if (place.holds(id) && !first.fibers().empty()) {
                const int fiber = first.fibers().front();
                print(fiber_text(contents_of(survey, id, {fiber}), fiber));
                return;
            }
        }
    }
}

}  // namespace

int info(const InfoOptions& options) {
    const Place place(options.place);
    Report report;
    const std::vector<std::string> files =
        files_of_plates(options.file, options.index, place.plates(), report);
    if (place.fiber != 0) {
        return print_fiber(files, place);
    }
    Json plates = Json::array();
    for (const std::string& path : files) {
        const Survey survey(path);
        for (const PlateId& id : survey.plates()) {
            if (place.holds(id)) {
                plates.push_back(plate_json(survey.plate(id)));
            }
        }
    }
    if (plates.empty() && !options.place.empty()) {
        throw Error(ErrorCode::not_found, "'" + options.file + "' has no such plate");
    }
    if (options.json) {
        print(Json{{"file", options.file}, {"plates", plates}}.dump(
                  2, ' ', false, Json::error_handler_t::replace) +
              "\n");
        return finish(report, false);
    }
    std::string text = printable(options.file) + "  " + std::to_string(plates.size()) + " plates\n";
    for (const Json& one : plates) {
        text += plate_line(one);
    }
    print(text);
    if (::isatty(STDOUT_FILENO) != 0) {
        print_first(files, place);
    }
    return finish(report, false);
}

int count(const std::vector<std::string>& sources, const std::string& index, bool strict) {
    if (sources.empty() && index.empty()) {
        throw Error(ErrorCode::invalid_argument, "a file, a folder or an index is needed");
    }
    Report report;
    SourceFiles files(sources, index, report);
    std::size_t fibers = 0;
    if (files.index() != nullptr) {
        fibers = files.index()->fibers();
    } else {
        std::map<PlateId, std::set<int>> seen;
        for (const std::string& path : files.paths()) {
            try {
                const Survey survey(path);
                for (const PlateId& id : survey.plates()) {
                    const Plate plate = survey.plate(id);
                    for (const int fiber : plate.fibers()) {
                        fibers += seen[id].insert(fiber).second ? 1 : 0;
                    }
                }
            } catch (const Error& error) {
                report.missing(error.what());
            }
        }
        if (seen.empty() && !report.complete() && files.paths().size() == 1) {
            throw Error(ErrorCode::io, report.all_missing().front());
        }
    }
    print(std::to_string(fibers) + "\n");
    return finish(report, strict);
}

}  // namespace hyperslab::apps::h5boss
