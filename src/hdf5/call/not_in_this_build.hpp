// What a function says whose part of libhdf5 was left out when libhdf5 was built.
#pragma once

#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {

[[noreturn]] inline void not_in_this_build(const char* what) {
    throw Error(ErrorCode::unsupported, "This libhdf5 was built without " + std::string(what));
}

}  // namespace hyperslab::hdf5
