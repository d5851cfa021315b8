// Conversion functions for H5Tregister, between strings of fixed and of variable length.
// conversions.hpp says what they promise.
#pragma once

#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

/// Cuts strings that are too long, and fills shorter ones with zeros, as h5py has always stored
/// them.
H5T_conv_t variable_to_fixed_string();

/// Allocates one string for each element. It ends at the first NUL, or with the fixed length.
H5T_conv_t fixed_to_variable_string();

/// Converts strings padded by NULs, which may have a NUL inside. It is not used in Python, where
/// libhdf5's rules hold.
H5T_conv_t fixed_to_fixed_string();

}  // namespace hyperslab::hdf5
