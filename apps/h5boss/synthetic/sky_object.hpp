// Made-up objects on the sky: what kind of thing a fibre sees, and its spectrum.
//
// Everything follows from a seed by integer arithmetic, so a plate is the same on every machine.
// The spectra have the shape of real ones: quasars are a power law with broad lines, galaxies a
// break at 4000 Angstrom with narrow ones, stars a black body with lines of hydrogen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hyperslab::apps::h5boss {

/// Numbers that look random.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    /// From 0 to 1.
    double uniform();
    /// About a normal distribution of mean 0 and variance 1.
    double normal();
    std::uint64_t bits();

private:
    std::uint64_t state_;
};

struct SkyObject {
    std::string kind;  ///< "GALAXY", "QSO", "STAR"
    std::string subclass;
    double redshift = 0;
    double brightness = 0;  ///< flux at 6000 Angstrom, in 1e-17 erg/s/cm2/Angstrom
    double temperature = 6000;
    bool unplugged = false;  ///< the fibre fell out: no light, and ivar is 0
};

SkyObject make_object(std::uint64_t seed);

/// The flux without noise at vacuum wavelengths in Angstrom.
std::vector<float> model_flux(const SkyObject& object, const std::vector<float>& waves);
/// The brightness of the night sky.
float sky_flux(double wave);

struct EmissionLine {
    std::string_view name;
    double wave;  ///< in vacuum, in Angstrom
};
/// The 31 lines that the pipeline of DR12 measures.
const std::vector<EmissionLine>& emission_lines();

}  // namespace hyperslab::apps::h5boss
