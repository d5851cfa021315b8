#include "h5boss/synthetic/sky_object.hpp"

#include <algorithm>
#include <cmath>

namespace hyperslab::apps::h5boss {
namespace {

/// A line of a spectrum: its wavelength at rest, height beside the continuum, width in km/s.
struct Feature {
    double wave;
    double height;
    double width;
};

constexpr Feature kQuasar[] = {{1215.67, 4.0, 3000},
                               {1240.81, 1.0, 3000},
                               {1549.48, 2.0, 3000},
                               {1908.73, 0.8, 3500},
                               {2800.3, 0.9, 2500},
                               {4862.7, 0.7, 2500},
                               {5008.2, 0.8, 500},
                               {6564.6, 2.5, 2500}};
constexpr Feature kGalaxy[] = {{3728.5, 0.8, 200},
                               {3934.8, -0.45, 400},
                               {3969.6, -0.45, 400},
                               {4862.7, 0.3, 200},
                               {5008.2, 0.5, 200},
                               {5176.6, -0.25, 500},
                               {5895.6, -0.25, 400},
                               {6564.6, 1.0, 200},
                               {6585.3, 0.4, 200}};
constexpr Feature kStar[] = {
    {4102.9, -0.35, 700}, {4341.7, -0.4, 700}, {4862.7, -0.4, 700}, {6564.6, -0.35, 600}};

double black_body(double wave, double temperature) {
    return std::pow(wave / 6000, -5) * (std::exp(1.4388e8 / (6000 * temperature)) - 1) /
           (std::exp(1.4388e8 / (wave * temperature)) - 1);
}

double continuum(const SkyObject& object, double wave, double rest) {
    if (object.kind == "QSO") {
        const double forest = rest < 1215.67 ? 0.65 : 1.0;
        return forest * std::pow(wave / 6000, -1.2);
    }
    if (object.kind == "GALAXY") {
        return (rest < 4000 ? 0.55 : 1.0) * std::pow(wave / 6000, 0.3);
    }
    return black_body(wave, object.temperature);
}

}  // namespace

std::uint64_t Dice::bits() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

double Dice::uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }

double Dice::normal() {
    // Four numbers of 16 bits, whose sum has a variance of a third.
    const std::uint64_t all = bits();
    double sum = 0;
    for (int i = 0; i < 4; ++i) {
        sum += static_cast<double>(all >> (16 * i) & 0xffff) / 65535;
    }
    return (sum - 2) * 1.7320508;
}

SkyObject make_object(std::uint64_t seed) {
    Dice dice(seed);
    SkyObject object;
    const double kind = dice.uniform();
    const double size = dice.uniform();
    const double flavour = dice.uniform();
    if (kind < 0.25) {
        object.kind = "QSO";
        object.subclass = flavour < 0.8 ? "BROADLINE" : "";
        object.redshift = 0.5 + 3.2 * size;
    } else if (kind < 0.85) {
        object.kind = "GALAXY";
        object.subclass = flavour < 0.2 ? "STARFORMING" : flavour < 0.25 ? "AGN" : "";
        object.redshift = 0.05 + 0.75 * size;
    } else {
        object.kind = "STAR";
        object.temperature = 3500 + 6000 * size;
        object.subclass = object.temperature > 7500   ? "A0"
                          : object.temperature > 6000 ? "F5"
                          : object.temperature > 5200 ? "G2"
                          : object.temperature > 3800 ? "K3"
                                                      : "M5";
        object.redshift = 0.0008 * (flavour - 0.5);
    }
    object.brightness = 0.5 * std::pow(30.0, dice.uniform());
    object.unplugged = dice.uniform() < 0.01;
    return object;
}

std::vector<float> model_flux(const SkyObject& object, const std::vector<float>& waves) {
    std::vector<double> flux(waves.size(), 0);
    if (object.unplugged) {
        return {flux.begin(), flux.end()};
    }
    const double stretch = 1 + object.redshift;
    for (std::size_t i = 0; i < waves.size(); ++i) {
        const double wave = waves[i];
        flux[i] = object.brightness * continuum(object, wave, wave / stretch);
    }
    const auto add = [&](const auto& features) {
        for (const Feature& line : features) {
            const double centre = line.wave * stretch;
            const double width = centre * line.width / 299792.458;
            // Only the pixels that the line reaches.
            const auto begin = std::lower_bound(
                waves.begin(), waves.end(), static_cast<float>(centre - 5 * width));
            const auto end = std::upper_bound(
                waves.begin(), waves.end(), static_cast<float>(centre + 5 * width));
            const double base = object.brightness * continuum(object, centre, line.wave + 1);
            for (auto at = begin; at < end; ++at) {
                const double off = (static_cast<double>(*at) - centre) / width;
                flux[static_cast<std::size_t>(at - waves.begin())] +=
                    base * line.height * std::exp(-off * off / 2);
            }
        }
    };
    if (object.kind == "QSO") {
        add(kQuasar);
    } else if (object.kind == "GALAXY") {
        add(kGalaxy);
    } else {
        add(kStar);
    }
    return {flux.begin(), flux.end()};
}

float sky_flux(double wave) {
    double sky = 3 + 5 * std::max(0.0, (wave - 5000) / 5000);
    for (const double line : {5578.9, 6302.0, 6365.5}) {
        const double off = (wave - line) / 3;
        sky += 60 * std::exp(-off * off / 2);
    }
    if (wave > 7200) {  // bands of OH
        const double phase = std::sin(wave / 9.7) * std::sin(wave / 61.0);
        sky += 25 * phase * phase * phase * phase;
    }
    return static_cast<float>(sky);
}

const std::vector<EmissionLine>& emission_lines() {
    static const std::vector<EmissionLine>& lines = *new std::vector<EmissionLine>{
        {"Ly_alpha", 1215.67},       {"N_V 1240", 1240.81},        {"C_IV 1549", 1549.48},
        {"He_II 1640", 1640.42},     {"C_III] 1908", 1908.734},    {"Mg_II 2799", 2800.3152},
        {"[O_II] 3725", 3727.0917},  {"[O_II] 3727", 3729.8754},   {"[Ne_III] 3868", 3869.8568},
        {"H_epsilon", 3890.1661},    {"[Ne_III] 3970", 3971.1982}, {"H_delta", 4102.8916},
        {"H_gamma", 4341.6843},      {"[O_III] 4363", 4364.4353},  {"He_II 4685", 4686.9915},
        {"H_beta", 4862.6830},       {"[O_III] 4959", 4960.2949},  {"[O_III] 5007", 5008.2397},
        {"He_II 5411", 5413.0245},   {"[O_I] 5577", 5578.8878},    {"[N_II] 5755", 5756.1862},
        {"He_I 5876", 5877.3086},    {"[O_I] 6300", 6302.0464},    {"[S_III] 6312", 6313.8056},
        {"[O_I] 6363", 6365.5355},   {"[N_II] 6548", 6549.8590},   {"H_alpha", 6564.6140},
        {"[N_II] 6583", 6585.2685},  {"[S_II] 6716", 6718.2943},   {"[S_II] 6730", 6732.6782},
        {"[Ar_III] 7135", 7137.7572}};
    return lines;
}

}  // namespace hyperslab::apps::h5boss
