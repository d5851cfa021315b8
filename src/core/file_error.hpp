// The error for a file of which the operating system refused something.
#pragma once

#include <cstring>
#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::core {

/// \param what  what was to be done with the file, as "create"
/// \param reason  the errno of it
[[noreturn]] inline void throw_file_error(const char* what, const std::string& path, int reason) {
    throw Error(ErrorCode::io,
                std::string("Unable to ") + what + " file '" + path + "' (errno = " +
                    std::to_string(reason) + ", error message = '" + std::strerror(reason) + "')",
                reason);
}

}  // namespace hyperslab::core
