#include "h5boss/sources/frame_files.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include "h5boss/fits/fits_file.hpp"
#include "h5boss/sources/row_stream.hpp"
#include "h5boss/sources/weave.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

// The HDUs of an spCFrame.
enum Part : std::size_t {
    kFlux = 0,
    kIvar = 1,
    kMask = 2,
    kLogWave = 3,
    kDispersion = 4,
    kSky = 6,
    kX = 7,
    kSuperFlat = 8,
};

std::string name_of(const char* kind, const FrameName& frame) {
    char name[64];
    std::snprintf(name,
                  sizeof name,
                  "%s-%c%d-%08ld.fits",
                  kind,
                  frame.camera,
                  frame.spectrograph,
                  frame.exposure);
    return name;
}

/// The name of the file of flat fields that a header names, without folder and .gz.
std::string flat_name(const Header& header) {
    std::string name = header.text("FLATFILE").value_or("");
    name = name.substr(name.rfind('/') + 1);
    if (name.starts_with("sdR-")) {
        name = "spFlat-" + name.substr(4);
    }
    return name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
}

/// One spCFrame.
class Frame {
public:
    Frame(const std::string& folder,
          const std::string& reduction,
          const FrameName& name,
          const std::string& path,
          Report& report)
        : file_(path) {
        const Hdu& flux = file_.image(kFlux);
        if (flux.axes.size() != 2) {
            throw Error(ErrorCode::type_mismatch, "'" + path + "' has no image of fluxes");
        }
        width_ = flux.axes[0];
        rows_ = flux.axes[1];
        for (const Part part : {kIvar, kMask, kLogWave, kDispersion, kSky, kX, kSuperFlat}) {
            held_[part] = part < file_.size() && file_[part].kind == Hdu::Kind::image &&
                          file_[part].axes.size() == 2 && file_[part].axes[0] >= width_ &&
                          file_[part].axes[1] == rows_;
            if (!held_[part]) {
                report.missing("'" + path + "': HDU " + std::to_string(part) + " is no image of " +
                               std::to_string(rows_) + " fibres");
            }
        }
        if (!held_[kLogWave]) {
            throw Error(ErrorCode::type_mismatch, "'" + path + "' has no wavelengths in HDU 3");
        }
        electrons_ = open_stream(find_beside(folder, reduction, name_of("spFrame", name)),
                                 name_of("spFrame", name) + " of '" + path + "'",
                                 report);
        const std::string flat = flat_name(flux.header);
        flat_ = flat.empty() ? nullptr
                             : open_stream(find_beside(folder, reduction, flat),
                                           flat + ", which '" + path + "' names,",
                                           report);
        if (electrons_ != nullptr) {
            width_ = std::min(width_, electrons_->width());
        } else if (flat_ != nullptr) {
            width_ = std::min(width_, flat_->width());
        }
    }

    std::uint64_t width() const { return width_; }
    std::uint64_t rows() const { return rows_; }
    const Header& header() const { return file_[0].header; }

    Table read(std::uint64_t row) const {
        Table table(exposure_type());
        table.resize(static_cast<std::size_t>(width_));
        std::vector<float> wave = float_row(file_, kLogWave, row);
        for (float& one : wave) {
            one = static_cast<float>(std::pow(10.0, static_cast<double>(one)));
        }
        const std::vector<float> flux = float_row(file_, kFlux, row);
        Weave weave(table);
        weave.add("WAVE", wave);
        weave.add("FLUX", flux);
        add_part(weave, "IVAR", kIvar, row);
        add_part(weave, "WAVEDISP", kDispersion, row);
        add_part(weave, "SKY", kSky, row);
        add_part(weave, "X", kX, row);
        add_part(weave, "MASK", kMask, row, 32);
        std::vector<float> calib;
        if (electrons_ != nullptr && flat_ != nullptr && held_[kSuperFlat]) {
            const std::vector<float> super = float_row(file_, kSuperFlat, row);
            const std::vector<float> electrons = electrons_->row(row);
            const std::vector<float> flat = flat_->row(row);
            calib.resize(static_cast<std::size_t>(width_));
            for (std::size_t i = 0; i < calib.size() && i < flat.size(); ++i) {
                const float counted = electrons[i] * flat[i] * super[i];
                calib[i] = counted != 0 ? flux[i] / counted : 0.0F;
            }
            weave.add("CALIB", calib);
        }
        weave.finish();
        return table;
    }

private:
    static std::unique_ptr<RowStream> open_stream(const std::string& path,
                                                  const std::string& what,
                                                  Report& report) {
        if (path.empty()) {
            report.missing(what + " is not there, so CALIB is 0");
            return nullptr;
        }
        try {
            return std::make_unique<RowStream>(path);
        } catch (const Error& error) {
            report.missing(error.what());
            return nullptr;
        }
    }

    void add_part(
        Weave& weave, const char* column, Part part, std::uint64_t row, int bitpix = -32) const {
        if (held_[part]) {
            weave.add(column, file_, part, row, bitpix);
        }
    }

    FitsFile file_;
    std::uint64_t width_ = 0;
    std::uint64_t rows_ = 0;
    bool held_[kSuperFlat + 1] = {};
    std::unique_ptr<RowStream> electrons_;
    std::unique_ptr<RowStream> flat_;
};

/// A row of one of the two spectrographs.
struct FrameRow {
    std::shared_ptr<const Frame> frame;
    std::uint64_t row;
};

}  // namespace

std::string find_beside(const std::string& folder,
                        const std::string& reduction,
                        const std::string& name) {
    std::vector<fs::path> places{folder};
    if (!reduction.empty()) {
        places.push_back(fs::path(folder) / reduction);
    }
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (at->is_directory(error)) {
            places.push_back(at->path());
        }
    }
    std::sort(places.begin() + (reduction.empty() ? 1 : 2), places.end());
    for (const fs::path& place : places) {
        for (const char* const suffix : {"", ".gz"}) {
            const fs::path path = place / (name + suffix);
            if (fs::is_regular_file(path, error)) {
                return path.string();
            }
        }
    }
    return "";
}

bool parse_frame(const std::string& text, FrameName& frame) {
    for (std::size_t i = 0; i + 3 < text.size(); ++i) {
        const char camera = static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
        const bool begins = i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0;
        if (begins && (camera == 'b' || camera == 'r') &&
            (text[i + 1] == '1' || text[i + 1] == '2') && text[i + 2] == '-' &&
            std::isdigit(static_cast<unsigned char>(text[i + 3])) != 0) {
            frame = {std::strtol(text.c_str() + i + 3, nullptr, 10), camera, text[i + 1] - '0'};
            return true;
        }
    }
    return false;
}

void add_frames(const std::string& folder,
                const std::string& reduction,
                const std::vector<FrameName>& frames,
                PlateContents& contents,
                Report& report) {
    struct Place {
        std::vector<int> fibers;
        std::vector<FrameRow> rows;
    };
    std::map<std::string, Place> places;
    for (const FrameName& name : frames) {
        const std::string file = name_of("spCFrame", name);
        const std::string path = find_beside(folder, reduction, file);
        if (path.empty()) {
            report.missing("'" + folder + "' has no " + file);
            continue;
        }
        try {
            const auto frame = std::make_shared<const Frame>(folder, reduction, name, path, report);
            const std::size_t first = name.spectrograph == 1 ? 0 : contents.fibers.size() / 2;
            const std::size_t count =
                std::min<std::size_t>(frame->rows(), contents.fibers.size() - first);
            if (name.spectrograph == 1 && frame->rows() > contents.fibers.size() / 2 &&
                contents.fibers.size() > 1) {
                report.note("'" + path + "' has more fibres than half of the plate");
            }
            const std::string at = "exposures/" + std::to_string(name.exposure) + "/" + name.camera;
            Place& place = places[at];
            for (std::size_t i = 0; i < count; ++i) {
                place.fibers.push_back(contents.fibers[first + i]);
                place.rows.push_back({frame, i});
            }
            if (contents.headers.find(0, at) == nullptr) {
                contents.headers.add({0, 0, at, frame->header()});
            }
        } catch (const Error& error) {
            report.missing(error.what());
        }
    }
    for (auto& [at, place] : places) {
        Spectra one;
        one.place = at;
        one.fibers = std::move(place.fibers);
        one.type = exposure_type();
        one.pixels = [rows = place.rows](std::size_t i) { return rows[i].frame->width(); };
        one.read = [rows = place.rows](std::size_t i) { return rows[i].frame->read(rows[i].row); };
        contents.spectra.push_back(std::move(one));
    }
}

}  // namespace hyperslab::apps::h5boss
