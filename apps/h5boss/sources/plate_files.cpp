#include "h5boss/sources/plate_files.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <unordered_map>

#include "h5boss/formats/output_file.hpp"
#include "h5boss/sources/fits_table.hpp"
#include "h5boss/sources/frame_files.hpp"
#include "h5boss/sources/weave.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

// The HDUs of an spPlate.
enum Part : std::size_t {
    kFlux = 0,
    kIvar = 1,
    kAndMask = 2,
    kOrMask = 3,
    kDispersion = 4,
    kPlugMap = 5,
    kSky = 6,
};

/// "-3655-55240" of the file's name, by which its siblings are found.
std::string number_part(const std::string& path, const PlateId& id) {
    const std::string name = fs::path(path).filename().string();
    const std::size_t end = name.find(".fits");
    if (name.starts_with("spPlate") && end != std::string::npos) {
        return name.substr(7, end - 7);
    }
    char text[32];
    std::snprintf(text, sizeof text, "-%04d-%05d", id.plate, id.mjd);
    return text;
}

/// The coadds of a plate, row by row.
class Coadds {
public:
    Coadds(std::shared_ptr<const FitsFile> file, Report& report) : file_(std::move(file)) {
        const Hdu& flux = file_->image(kFlux);
        if (flux.axes.size() != 2) {
            throw Error(ErrorCode::type_mismatch, "'" + file_->path() + "' has no image of fluxes");
        }
        width_ = flux.axes[0];
        rows_ = flux.axes[1];
        const auto first = flux.header.real("COEFF0");
        const auto step = flux.header.real("COEFF1");
        if (!first || !step) {
            throw Error(ErrorCode::type_mismatch,
                        "'" + file_->path() + "' lacks COEFF0 and COEFF1, the wavelengths");
        }
        for (std::uint64_t i = 0; i < width_; ++i) {
            waves_.push_back(
                static_cast<float>(std::pow(10.0, *first + *step * static_cast<double>(i))));
        }
        for (const Part part : {kIvar, kAndMask, kOrMask, kDispersion, kSky}) {
            held_[part] = is_image(*file_, part);
            if (!held_[part]) {
                report.missing("'" + file_->path() + "': HDU " + std::to_string(part) +
                               " is no image of all fibres");
            }
        }
    }

    std::uint64_t width() const { return width_; }
    std::uint64_t rows() const { return rows_; }
    std::vector<double> grid() const { return {waves_.begin(), waves_.end()}; }

    /// The models of the spectra, an image of spZbest.
    /// \param rows  the row of each fibre there, or -1
    void add_model(std::shared_ptr<const FitsFile> file,
                   std::vector<std::int64_t> rows,
                   Report& report) {
        if (file->size() < 3 || (*file)[2].kind != Hdu::Kind::image ||
            (*file)[2].axes.size() != 2 || (*file)[2].axes[0] < width_) {
            report.missing("'" + file->path() + "': HDU 2 has no models");
            return;
        }
        model_ = std::move(file);
        model_rows_ = std::move(rows);
    }

    Table read(std::uint64_t row) const {
        Table table(coadd_type());
        table.resize(static_cast<std::size_t>(width_));
        Weave weave(table);
        weave.add("WAVE", waves_);
        weave.add("FLUX", *file_, kFlux, row);
        add_part(weave, "IVAR", kIvar, row);
        add_part(weave, "WAVEDISP", kDispersion, row);
        add_part(weave, "SKY", kSky, row);
        add_part(weave, "AND_MASK", kAndMask, row, 32);
        add_part(weave, "OR_MASK", kOrMask, row, 32);
        const std::int64_t at = model_ ? model_rows_[static_cast<std::size_t>(row)] : -1;
        if (at >= 0) {
            weave.add("MODEL", *model_, 2, static_cast<std::uint64_t>(at));
        }
        weave.finish();
        return table;
    }

private:
    bool is_image(const FitsFile& file, std::size_t hdu) const {
        return hdu < file.size() && file[hdu].kind == Hdu::Kind::image &&
               file[hdu].axes.size() == 2 && file[hdu].axes[0] == width_ &&
               file[hdu].axes[1] == rows_;
    }
    void add_part(
        Weave& weave, const char* column, Part part, std::uint64_t row, int bitpix = -32) const {
        if (held_[part]) {
            weave.add(column, *file_, part, row, bitpix);
        }
    }

    std::shared_ptr<const FitsFile> file_;
    std::shared_ptr<const FitsFile> model_;
    std::vector<std::int64_t> model_rows_;
    std::vector<float> waves_;
    std::uint64_t width_ = 0;
    std::uint64_t rows_ = 0;
    bool held_[kSky + 1] = {};
};

/// The table with a last column FIBERID of these fibres, for tables that have a row for each.
Table with_fibers(const Table& table, const std::vector<int>& fibers) {
    std::vector<CompoundMember> members(table.type().members().begin(),
                                        table.type().members().end());
    const std::size_t offset = table.row_size();
    members.push_back({"FIBERID", offset, Datatype::integer(2, true)});
    Table wider(Datatype::compound(offset + 2, std::move(members)));
    wider.resize(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::memcpy(wider.row(i), table.row(i), offset);
        const auto fiber = static_cast<std::int16_t>(fibers[i]);
        std::memcpy(wider.row(i) + offset, &fiber, sizeof fiber);
    }
    return wider;
}

/// Reads the siblings of an spPlate.
class PlateReader {
public:
    PlateReader(const std::string& path, Report& report)
        : report_(report),
          path_(path),
          folder_(fs::path(path).parent_path().string()),
          file_(std::make_shared<const FitsFile>(path)) {
        if (folder_.empty()) {
            folder_ = ".";
        }
    }

    PlateContents read() {
        const Header& header = (*file_)[0].header;
        const auto plate = header.integer("PLATEID");
        const auto mjd = header.integer("MJD");
        if (!plate || !mjd || *plate <= 0 || *mjd <= 0) {
            throw Error(ErrorCode::type_mismatch, "'" + path_ + "' lacks PLATEID and MJD");
        }
        contents_.id = {static_cast<int>(*plate), static_cast<int>(*mjd)};
        number_ = number_part(path_, contents_.id);
        reduction_ = header.text("RUN2D").value_or("");
        contents_.headers.add({0, 0, "", header});
        coadds_ = std::make_shared<Coadds>(file_, report_);
        read_plug_map();
        read_siblings();
        Spectra one;
        one.place = "coadd";
        one.fibers = contents_.fibers;
        one.type = coadd_type();
        one.grid = coadds_->grid();
        one.pixels = [coadds = coadds_](std::size_t) { return coadds->width(); };
        one.read = [coadds = coadds_](std::size_t i) { return coadds->read(i); };
        contents_.spectra.push_back(std::move(one));
        add_frames(folder_, reduction_, frames(), contents_, report_);
        contents_.cards = contents_.headers.common();
        return std::move(contents_);
    }

private:
    void read_plug_map() {
        const auto rows = static_cast<std::size_t>(coadds_->rows());
        for (std::size_t i = 0; i < rows; ++i) {
            contents_.fibers.push_back(static_cast<int>(i + 1));
        }
        if (kPlugMap >= file_->size() || (*file_)[kPlugMap].kind != Hdu::Kind::table) {
            report_.missing("'" + path_ + "': HDU 5 is no table of fibres");
            return;
        }
        Table table = read_fits_table(*file_, kPlugMap, report_);
        if (table.size() != rows) {
            report_.missing("'" + path_ + "': HDU 5 has " + std::to_string(table.size()) +
                            " rows for " + std::to_string(rows) + " fibres");
            return;
        }
        if (!table.has("FIBERID")) {
            table = with_fibers(table, contents_.fibers);
        }
        const std::vector<int> held = table.integers("FIBERID");
        if (std::set<int>(held.begin(), held.end()).size() == rows &&
            std::all_of(held.begin(), held.end(), [](int fiber) { return fiber > 0; })) {
            contents_.fibers = held;
        } else {
            report_.note("'" + path_ +
                         "': FIBERID does not name each fibre once, so they are "
                         "numbered by their rows");
        }
        contents_.catalogues.push_back({"plugmap", std::move(table)});
    }

    /// A catalogue in a file of its own, and the file, which is not there when it is missing.
    struct Sibling {
        std::shared_ptr<const FitsFile> file{};
        std::optional<Table> table{};
    };

    void read_siblings() {
        static constexpr const char* kSiblings[][2] = {{"zbest", "spZbest"},
                                                       {"zline", "spZline"},
                                                       {"photo/match", "photoMatchPlate"},
                                                       {"photo/matchflux", "photoPlate"},
                                                       {"photo/matchpos", "photoPosPlate"}};
        std::array<Sibling, std::size(kSiblings)> siblings;
        in_parallel(siblings.size(),
                    [&](std::size_t i) { siblings[i] = read_sibling(kSiblings[i][1]); });
        for (std::size_t i = 0; i < siblings.size(); ++i) {
            if (siblings[i].table) {
                contents_.catalogues.push_back({kSiblings[i][0], std::move(*siblings[i].table)});
            }
        }
        add_models(siblings[0].file);
    }

    void add_models(const std::shared_ptr<const FitsFile>& file) {
        const Table* const table = contents_.catalogue("zbest");
        if (!file || table == nullptr) {
            return;
        }
        std::unordered_map<int, std::int64_t> row_of;
        const std::vector<int> held = table->integers("FIBERID");
        for (std::size_t i = 0; i < held.size(); ++i) {
            row_of.emplace(held[i], static_cast<std::int64_t>(i));
        }
        std::vector<std::int64_t> rows;
        for (const int fiber : contents_.fibers) {
            const auto at = row_of.find(fiber);
            rows.push_back(at == row_of.end() ? -1 : at->second);
        }
        coadds_->add_model(file, std::move(rows), report_);
    }

    /// Reads the table of a sibling. Any thread may call it.
    Sibling read_sibling(const std::string& kind) {
        const std::string name = kind + number_ + ".fits";
        const std::string path = find_beside(folder_, reduction_, name);
        if (path.empty()) {
            report_.missing("'" + folder_ + "' has no " + name);
            return {};
        }
        try {
            const auto file = std::make_shared<const FitsFile>(path);
            Table table = read_fits_table(*file, 1, report_);
            if (!table.has("FIBERID")) {
                if (table.size() != contents_.fibers.size()) {
                    report_.missing("'" + path + "' has " + std::to_string(table.size()) +
                                    " rows for " + std::to_string(contents_.fibers.size()) +
                                    " fibres, and does not say whose they are");
                    return {file, std::nullopt};
                }
                table = with_fibers(table, contents_.fibers);
            }
            return {file, std::move(table)};
        } catch (const Error& error) {
            report_.missing(error.what());
            return {};
        }
    }

    /// The frames of the plan, else of the header, else all in the folder.
    std::vector<FrameName> frames() const {
        std::set<FrameName> found = planned();
        for (int i = 1; found.empty() || i > 1; ++i) {
            char key[16];
            std::snprintf(key, sizeof key, "EXPID%02d", i);
            const auto text = (*file_)[0].header.text(key);
            FrameName frame;
            if (!text) {
                break;
            }
            if (parse_frame(*text, frame)) {
                found.insert(frame);
            }
        }
        std::set<FrameName> in_folder;
        std::error_code error;
        for (fs::directory_iterator at(folder_, error), end; found.empty() && !error && at != end;
             at.increment(error)) {
            FrameName frame;
            const std::string name = at->path().filename().string();
            if (name.starts_with("spCFrame-") && parse_frame(name, frame)) {
                in_folder.insert(frame);
            }
        }
        found.insert(in_folder.begin(), in_folder.end());
        return {found.begin(), found.end()};
    }

    /// The frames of science that the plan names.
    std::set<FrameName> planned() const {
        std::set<FrameName> found;
        const std::string path = find_beside(folder_, reduction_, "spPlancomb" + number_ + ".par");
        std::ifstream file(path);
        for (std::string line; !path.empty() && std::getline(file, line);) {
            std::istringstream stream(line);
            std::vector<std::string> words;
            for (std::string word; stream >> word;) {
                words.push_back(word);
            }
            if (words.size() < 5 || words[0] != "SPEXP") {
                continue;
            }
            const bool science = std::find(words.begin(), words.end(), "science") != words.end();
            for (const std::string& word : words) {
                FrameName frame;
                if (science && word.find("Frame") != std::string::npos &&
                    parse_frame(word, frame)) {
                    found.insert(frame);
                }
            }
        }
        return found;
    }

    Report& report_;
    std::string path_;
    std::string folder_;
    std::string number_;
    std::string reduction_;
    std::shared_ptr<const FitsFile> file_;
    std::shared_ptr<Coadds> coadds_;
    PlateContents contents_;
};

}  // namespace

bool has_plate_name(const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    return name.starts_with("spPlate-") && (name.ends_with(".fits") || name.ends_with(".fits.gz"));
}

PlateContents read_plate(const std::string& path, Report& report) {
    return PlateReader(path, report).read();
}

}  // namespace hyperslab::apps::h5boss
