// Strings of fixed and of variable length into each other: two conversion functions for
// H5Tregister. What they promise: conversions.hpp.
#pragma once

#include "hdf5/capi.hpp"

namespace hyperslab::hdf5 {

/// Cuts what is too long; what is shorter is filled with zeros, as h5py has always stored it.
herr_t variable_to_fixed_string(hid_t source,
                                hid_t destination,
                                H5T_cdata_t* data,
                                size_t count,
                                size_t stride,
                                size_t background_stride,
                                void* buffer,
                                void* background,
                                hid_t dxpl);

/// Allocates one string per element; it ends at the first NUL or with the fixed length.
herr_t fixed_to_variable_string(hid_t source,
                                hid_t destination,
                                H5T_cdata_t* data,
                                size_t count,
                                size_t stride,
                                size_t background_stride,
                                void* buffer,
                                void* background,
                                hid_t dxpl);

}  // namespace hyperslab::hdf5
