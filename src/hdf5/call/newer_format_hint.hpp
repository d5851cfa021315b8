// The words for what a newer HDF5 wrote and the libhdf5 in this build cannot read.
#pragma once

#include <string>
#include <string_view>

namespace hyperslab::hdf5 {

/// To be added to an error whose innermost description is given; empty when it is about something
/// else. libhdf5 only says that a version number is bad.
std::string newer_format_hint(std::string_view description);

}  // namespace hyperslab::hdf5
