// What this process would do to write a request to a parallel file, and why.
#pragma once

#include <string>

#include "engine/plan/request.hpp"

namespace hyperslab::engine {

struct ParallelWrite {
    std::string refusal{};  ///< why libhdf5 writes, as a short name; empty when this process does
    std::string reason{};   ///< as a sentence
    bool converts_here = true;  ///< whether elements are converted before libhdf5 gets them
};

/// Other processes may have another part, so that a collective write may go another way after all.
/// The caller holds the library lock.
ParallelWrite explain_parallel_write(const Request& request);

}  // namespace hyperslab::engine
