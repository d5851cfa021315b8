// Asking whether a file may be truncated, before libhdf5 does it.
#pragma once

#include <string>

#include "hdf5/id.hpp"

namespace hyperslab::hdf5 {

/// libhdf5 opens with O_TRUNC first and locks after: a file that somebody else is writing would be
/// emptied, and then the error raised. This looks first, with the same lock libhdf5 takes.
///
/// \throws Error (io, with errno) when the file is locked elsewhere
void require_truncatable(const std::string& name, Id fapl);

}  // namespace hyperslab::hdf5
