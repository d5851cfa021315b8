#include "h5boss/commands/plot.hpp"

#include <array>
#include <cstdio>
#include <limits>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/files.hpp"
#include "h5boss/formats/contents.hpp"
#include "h5boss/plot/spectrum_plot.hpp"
#include "shared/rows_output.hpp"

namespace hyperslab::apps::h5boss {
namespace {

constexpr int kWidth = 1000;
constexpr int kHeight = 420;

PlotLabels labels_of(const PlateContents& contents, int fiber) {
    char text[64];
    std::snprintf(text, sizeof text, "%d-%d-%04d", contents.id.plate, contents.id.mjd, fiber);
    PlotLabels labels{text, std::numeric_limits<double>::quiet_NaN()};
    const Table* const zbest = contents.catalogue("zbest");
    const std::array<int, 1> only{fiber};
    const Table row = zbest == nullptr ? Table() : zbest->where("FIBERID", only);
    if (!row.empty() && row.has("Z")) {
        labels.redshift = row.real(0, "Z");
        std::snprintf(text, sizeof text, "   z = %.4f", labels.redshift);
        labels.title += (row.has("CLASS") ? "   " + row.text(0, "CLASS") : "") + text;
    }
    return labels;
}

}  // namespace

int plot(const PlotOptions& options) {
    const bool svg = options.output.ends_with(".svg");
    if (!svg && !options.output.ends_with(".png")) {
        throw Error(ErrorCode::invalid_argument,
                    "The suffix of '" + options.output + "' must be .svg or .png");
    }
    const PlateId id{positive(options.plate, "plate"), positive(options.mjd, "MJD")};
    const int fiber = positive(options.fiber, "fibre");
    Report report;
    for (const std::string& path : files_of_plates(options.file, options.index, {id}, report)) {
        const Survey survey(path);
        const PlateContents contents = contents_of(survey, id, {fiber});
        for (const Spectra& one : contents.spectra) {
            if (one.place == "coadd" && !one.fibers.empty()) {
                const auto canvas = svg ? svg_canvas(kWidth, kHeight) : png_canvas(kWidth, kHeight);
                draw_spectrum(*canvas, one.read(0), labels_of(contents, fiber));
                write_text_file(options.output,
                                [&](const Writer& write) { write(canvas->finish()); });
                return finish(report, false);
            }
        }
    }
    throw Error(ErrorCode::not_found,
                "'" + options.file + "' has no coadd of fibre " + to_string(FiberId{id, fiber}));
}

}  // namespace hyperslab::apps::h5boss
