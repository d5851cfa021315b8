// Files of the subfiling driver, opened with any other: what bears the file's name holds no
// element.
#pragma once

#include <string>

namespace hyperslab::hdf5 {

/// Whether the file on disk says that its elements lie in subfiles. It is false when that cannot be
/// found out.
bool is_subfiled(const std::string& name);

/// What is added to libhdf5's message, which says of a subfiled file that it is truncated.
std::string advice_without_driver();

/// What is added to libhdf5's message when the subfiling driver does not open a file: it says that
/// some subfile is not there. Empty where no file is there.
std::string advice_about_subfiles(const std::string& name);

}  // namespace hyperslab::hdf5
