#include "shared/ranks.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace hyperslab::apps {
namespace {

/// The number in a variable of the environment, or -1.
int number_in(const char* name) {
    const char* const text = std::getenv(name);
    int number = -1;
    if (text != nullptr) {
        const char* const end = text + std::strlen(text);
        const auto [at, error] = std::from_chars(text, end, number);
        if (error != std::errc() || at != end) {
            return -1;
        }
    }
    return number;
}

}  // namespace

Ranks ranks() {
    constexpr const char* kNames[][2] = {{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
                                         {"PMI_RANK", "PMI_SIZE"},
                                         {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"}};
    for (const auto& names : kNames) {
        const Ranks found{number_in(names[0]), number_in(names[1])};
        if (found.rank >= 0 && found.size > found.rank) {
            return found;
        }
    }
    return {};
}

}  // namespace hyperslab::apps
