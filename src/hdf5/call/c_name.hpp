// Names as libhdf5 takes them. They end at the first NUL, so a name with a NUL inside would be
// taken for another name. In Python the low level accepts it, as h5py's does.
#pragma once

#include <string>

#include "core/dialect.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {

/// \throws Error (invalid_argument) for a name with a NUL character, in C++
inline const char* c_name(const std::string& name) {
    if (name.find('\0') != std::string::npos && core::dialect() == core::Dialect::cpp)
        [[unlikely]] {
        throw Error(ErrorCode::invalid_argument,
                    "A name with a NUL character, after '" + name.substr(0, name.find('\0')) + "'");
    }
    return name.c_str();
}

}  // namespace hyperslab::hdf5
