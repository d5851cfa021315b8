#include "h5boss/plot/spectrum_plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace hyperslab::apps::h5boss {
namespace {

constexpr double kLeft = 70;
constexpr double kRight = 20;
constexpr double kTop = 40;
constexpr double kBottom = 50;
constexpr std::size_t kSmooth = 5;  // pixels of which the mean is drawn

constexpr Colour kBlack{20, 20, 20};
constexpr Colour kGrey{90, 90, 90};
constexpr Colour kPale{225, 225, 225};
constexpr Colour kFlux{60, 60, 70};
constexpr Colour kError{70, 160, 90};
constexpr Colour kModel{205, 50, 40};
constexpr Colour kLine{50, 100, 190};

struct Line {
    const char* name;
    double wave;  // at rest in vacuum, in Angstrom
};
constexpr Line kLines[] = {{"Ly a", 1215.67},
                           {"C IV", 1549.48},
                           {"C III]", 1908.73},
                           {"Mg II", 2800.32},
                           {"[O II]", 3728.48},
                           {"H b", 4862.68},
                           {"[O III]", 5008.24},
                           {"H a", 6564.61},
                           {"[S II]", 6725.5}};
constexpr double kSkyLines[] = {5578.9, 5891.6, 6302.0, 6365.5};

std::vector<double> column(const Table& table, const std::string& name) {
    std::vector<double> values;
    for (std::size_t i = 0; table.has(name) && i < table.size(); ++i) {
        values.push_back(table.real(i, name));
    }
    return values;
}

/// The mean of some pixels around each, of those that were measured; NaN where none was.
std::vector<double> smoothed(const std::vector<double>& flux, const std::vector<double>& ivar) {
    std::vector<double> means(flux.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < flux.size(); ++i) {
        double sum = 0;
        int count = 0;
        for (std::size_t j = i < kSmooth / 2 ? 0 : i - kSmooth / 2;
             j < std::min(flux.size(), i + kSmooth / 2 + 1);
             ++j) {
            if ((ivar.empty() || ivar[j] > 0) && std::isfinite(flux[j])) {
                sum += flux[j];
                ++count;
            }
        }
        if (count > 0) {
            means[i] = sum / count;
        }
    }
    return means;
}

double percentile(std::vector<double> values, double share) {
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty()) {
        return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

/// A round step that divides a range into a handful of parts.
double step_of(double range, double parts) {
    const double rough = range / parts;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= rough) {
            return power * factor;
        }
    }
    return power * 10;
}

std::string tick_text(double value, double step) {
    char text[32];
    std::snprintf(text, sizeof text, step < 1 ? "%.1f" : "%.0f", value + 0.0);
    return text;
}

class Plot {
public:
    Plot(Canvas& canvas, double x0, double x1, double y0, double y1)
        : canvas_(canvas), x0_(x0), x1_(x1), y0_(y0), y1_(y1) {}

    double x(double wave) const {
        return kLeft + (wave - x0_) / (x1_ - x0_) * (canvas_.width() - kLeft - kRight);
    }
    double y(double flux) const {
        const double bottom = canvas_.height() - kBottom;
        return bottom - (std::clamp(flux, y0_, y1_) - y0_) / (y1_ - y0_) * (bottom - kTop);
    }
    bool shows(double wave) const { return wave > x0_ && wave < x1_; }

    /// Draws values, with gaps where they are NaN.
    void curve(const std::vector<double>& waves,
               const std::vector<double>& values,
               Colour colour,
               double thickness) {
        std::vector<Point> points;
        for (std::size_t i = 0; i <= values.size(); ++i) {
            if (i < values.size() && std::isfinite(values[i])) {
                points.push_back({x(waves[i]), y(values[i])});
            } else if (!points.empty()) {
                canvas_.line(points, colour, thickness);
                points.clear();
            }
        }
    }

    void upright(double wave, Colour colour, double thickness) {
        canvas_.line({{x(wave), kTop}, {x(wave), canvas_.height() - kBottom}}, colour, thickness);
    }

    void axes() {
        const double bottom = canvas_.height() - kBottom;
        const double right = canvas_.width() - kRight;
        canvas_.line(
            {{kLeft, kTop}, {right, kTop}, {right, bottom}, {kLeft, bottom}, {kLeft, kTop}},
            kGrey,
            1);
        const double across = step_of(x1_ - x0_, 8);
        const double first_wave = std::ceil(x0_ / across) * across;
        for (int tick = 0; first_wave + tick * across <= x1_; ++tick) {
            const double wave = first_wave + tick * across;
            canvas_.line({{x(wave), bottom}, {x(wave), bottom + 5}}, kGrey, 1);
            canvas_.text({x(wave), bottom + 20}, tick_text(wave, across), Anchor::middle, kBlack);
        }
        const double up = step_of(y1_ - y0_, 6);
        const double first_flux = std::ceil(y0_ / up) * up;
        for (int tick = 0; first_flux + tick * up <= y1_; ++tick) {
            const double flux = first_flux + tick * up;
            canvas_.line({{kLeft - 5, y(flux)}, {kLeft, y(flux)}}, kGrey, 1);
            canvas_.text({kLeft - 8, y(flux) + 4}, tick_text(flux, up), Anchor::end, kBlack);
        }
    }

private:
    Canvas& canvas_;
    double x0_;
    double x1_;
    double y0_;
    double y1_;
};

}  // namespace

void draw_spectrum(Canvas& canvas, const Table& pixels, const PlotLabels& labels) {
    if (pixels.empty() || !pixels.has("WAVE") || !pixels.has("FLUX")) {
        throw Error(ErrorCode::not_found, "The spectrum has no pixels to draw");
    }
    const std::vector<double> waves = column(pixels, "WAVE");
    const std::vector<double> ivar = column(pixels, "IVAR");
    const std::vector<double> flux = smoothed(column(pixels, "FLUX"), ivar);
    std::vector<double> error;
    error.reserve(ivar.size());
    for (const double one : ivar) {
        error.push_back(one > 0 ? 1 / std::sqrt(one) : std::numeric_limits<double>::quiet_NaN());
    }
    const double low = std::min(0.0, percentile(flux, 0.005));
    const double high = std::max(percentile(flux, 0.995), low + 1e-3);
    Plot plot(canvas,
              waves.front(),
              std::max(waves.back(), waves.front() + 1),
              low - 0.05 * (high - low),
              high + 0.3 * (high - low));
    for (const double wave : kSkyLines) {
        if (plot.shows(wave)) {
            plot.upright(wave, kPale, 3);
        }
    }
    for (const Line& line : kLines) {
        const double wave = line.wave * (1 + labels.redshift);
        if (std::isfinite(wave) && plot.shows(wave)) {
            plot.upright(wave, {170, 195, 235}, 1);
            canvas.text({plot.x(wave) - 4, kTop + 52}, line.name, Anchor::start, kLine, true);
        }
    }
    plot.curve(waves, error, kError, 1);
    plot.curve(waves, flux, kFlux, 1);
    plot.curve(waves, column(pixels, "MODEL"), kModel, 1);
    plot.axes();
    canvas.text({kLeft, 24}, labels.title, Anchor::start, kBlack);
    const double right = canvas.width() - kRight;
    canvas.text({right - 130, 24}, "flux", Anchor::end, kFlux);
    canvas.text({right - 60, 24}, "model", Anchor::end, kModel);
    canvas.text({right, 24}, "error", Anchor::end, kError);
    canvas.text({(kLeft + right) / 2, static_cast<double>(canvas.height()) - 10},
                "wavelength in vacuum (Angstrom)",
                Anchor::middle,
                kBlack);
    canvas.text({18, (kTop + canvas.height() - kBottom) / 2},
                "flux (1e-17 erg/s/cm^2/Angstrom)",
                Anchor::middle,
                kBlack,
                true);
}

}  // namespace hyperslab::apps::h5boss
