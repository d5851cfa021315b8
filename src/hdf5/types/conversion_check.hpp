// Whether this libhdf5, on this processor, converts numbers as our own conversions do.
//
// What a NaN is as an integer, how a number of the other byte order is rounded, and what happens at
// the limits depends on how libhdf5 was compiled and on its version. So it is asked, once for each
// pair of types.
#pragma once

#include "hyperslab/datatype.hpp"

namespace hyperslab::hdf5 {

/// Converts the probe values of a type in both ways and compares the bytes. It takes the library
/// lock.
bool converts_numbers_alike(const Datatype& from, const Datatype& to);

}  // namespace hyperslab::hdf5
