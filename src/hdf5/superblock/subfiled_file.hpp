// Files of the subfiling driver, opened with any other: what bears the file's name holds no
// element.
#pragma once

#include <string>

namespace hyperslab::hdf5 {

/// Whether the file on disk says that its elements lie in subfiles. It is false when that cannot be
/// found out.
bool is_subfiled(const std::string& name);

}  // namespace hyperslab::hdf5
