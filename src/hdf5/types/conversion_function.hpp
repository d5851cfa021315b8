// conversion_function: makes the function that H5Tregister takes out of two small functions.
//
// libhdf5 calls it to ask whether it takes a pair of types, to convert, and to end, always with the
// same nine arguments. The two small functions answer the first two calls. No conversion of ours
// needs a background buffer.
#pragma once

#include <cstddef>
#include <new>

#include "hdf5/call/capi.hpp"
#include "hdf5/types/conversion_walk.hpp"

namespace hyperslab::hdf5 {

inline constexpr herr_t kConverted = 0;
inline constexpr herr_t kNotMine = -1;  ///< libhdf5 looks for another conversion

/// Elements to be converted in place.
struct ConversionCall {
    hid_t source;
    hid_t destination;
    std::size_t count;
    std::size_t stride;
    void* buffer;
    hid_t dxpl;

    ConversionWalk walk() const {
        return {static_cast<std::byte*>(buffer),
                count,
                stride,
                H5Tget_size(source),
                H5Tget_size(destination)};
    }
};

/// \param takes  whether the conversion is for this pair of types
/// \param convert  converts; kNotMine or std::bad_alloc when it cannot
template <bool (*takes)(hid_t source, hid_t destination),
          herr_t (*convert)(const ConversionCall& call)>
herr_t conversion_function(hid_t source,
                           hid_t destination,
                           H5T_cdata_t* data,
                           size_t count,
                           size_t stride,
                           size_t /*background_stride*/,
                           void* buffer,
                           void* /*background*/,
                           hid_t dxpl) {
    switch (data->command) {
        case H5T_CONV_INIT:
            data->need_bkg = H5T_BKG_NO;
            return takes(source, destination) ? kConverted : kNotMine;
        case H5T_CONV_FREE:
            return kConverted;
        case H5T_CONV_CONV:
            break;
    }
    try {
        return convert({source, destination, count, stride, buffer, dxpl});
    } catch (const std::bad_alloc&) {
        return kNotMine;
    }
}

}  // namespace hyperslab::hdf5
