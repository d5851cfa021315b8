// h5boss generate: made-up plates, as the survey's pipeline would have written them.
#pragma once

#include <cstdint>
#include <string>

namespace hyperslab::apps::h5boss {

struct GenerateOptions {
    int plates = 1;
    int fibers = 1000;
    int exposures = 4;
    std::uint64_t seed = 1;
    std::string output;
};

int generate(const GenerateOptions& options);

}  // namespace hyperslab::apps::h5boss
