#include "h5boss/commands/generate.hpp"

#include <hyperslab/error.hpp>

#include "h5boss/synthetic/plate_maker.hpp"
#include "shared/output.hpp"
#include "shared/progress_bar.hpp"

namespace hyperslab::apps::h5boss {

int generate(const GenerateOptions& options) {
    ProgressBar bar("making plates", static_cast<std::uint64_t>(options.plates));
    for (int i = 0; i < options.plates; ++i) {
        // The last of several plates is the one before it, observed again half a year later.
        const bool again = options.plates > 1 && i == options.plates - 1;
        const int number = again ? i - 1 : i;
        const MadePlate plate{{4000 + number, 55500 + 3 * number + (again ? 180 : 0)},
                              options.fibers,
                              options.exposures,
                              options.seed};
        make_plate(options.output, plate);
        bar.advance();
        print(to_string(plate.id) + "\n");
    }
    return 0;
}

}  // namespace hyperslab::apps::h5boss
