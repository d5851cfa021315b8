// The conversion between enumerations that replaces libhdf5's own.
#pragma once

#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

/// Converts values by name (datatype/enum_conversion.hpp). It fails for a value that the other type
/// lacks, and the error stack names the value.
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
