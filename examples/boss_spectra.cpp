// BOSS spectra as h5boss keeps them: plate/mjd/fiber/coadd is a table of a few thousand rows, and
// most programs want two of its columns.

#include <hyperslab/hyperslab.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace hs = hyperslab;

// One row of a coadded spectrum.
struct Coadd {
    float FLUX;
    float LOGLAM;
    float IVAR;
    std::int32_t AND_MASK;
    std::int32_t OR_MASK;
    float WDISP;
    float SKY;
    float MODEL;
};
HYPERSLAB_RECORD(Coadd, FLUX, LOGLAM, IVAR, AND_MASK, OR_MASK, WDISP, SKY, MODEL);

// What this program needs of it.
struct Measured {
    float FLUX;
    float IVAR;
};
HYPERSLAB_RECORD(Measured, FLUX, IVAR);

namespace {

void make_plate(const hs::File& file, int fibers) {
    const hs::Group plate = file.create_group("4857/55711");
    for (int fiber = 1; fiber <= fibers; ++fiber) {
        std::vector<Coadd> rows(4600);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].LOGLAM = 3.55F + 1e-4F * static_cast<float>(i);
            rows[i].FLUX = static_cast<float>(fiber);
            rows[i].IVAR = i % 10 == 0 ? 0.0F : 4.0F;  // 0: not measured
        }
        plate.create_dataset(std::to_string(fiber) + "/coadd", rows, {.filters = {hs::lzf()}});
    }
}

double mean_signal_to_noise(const hs::Dataset& coadd) {
    double sum = 0;
    std::size_t count = 0;
    for (const Measured& pixel : coadd.read<Measured>()) {  // the other columns are not converted
        if (pixel.IVAR > 0) {
            sum += pixel.FLUX * std::sqrt(pixel.IVAR);
            ++count;
        }
    }
    return sum / static_cast<double>(count);
}

}  // namespace

int main() {
    const hs::File file("boss_spectra.h5", hs::Mode::create);
    make_plate(file, 4);

    double last = 0;
    for (const auto& [fiber, object] : file.group("4857/55711")) {
        last = mean_signal_to_noise(hs::Group(object).dataset("coadd"));
        std::cout << "fiber " << fiber << ": mean signal to noise " << last << '\n';
    }
    // One column alone, and only a part of it.
    const auto loglam =
        file.dataset("4857/55711/4/coadd").field("LOGLAM").read<double>({hs::slice(0, 10)});
    std::cout << "first wavelength " << std::pow(10, loglam[0]) << " Angstrom\n";
    return last == 8 ? 0 : 1;
}
