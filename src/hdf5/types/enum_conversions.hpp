// The conversion between enumerations that libhdf5 is given in place of its own.
#pragma once

#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

/// By name (datatype/enum_conversion.hpp). A value that the other type lacks makes it fail, and
/// the error stack say which.
herr_t convert_enumerations(hid_t source,
                            hid_t destination,
                            H5T_cdata_t* data,
                            size_t count,
                            size_t stride,
                            size_t background_stride,
                            void* buffer,
                            void* background,
                            hid_t dxpl);

}  // namespace hyperslab::hdf5
