// A link's information out of libhdf5's struct. Only for sources of this room.
#pragma once

#include "hdf5/api/h5l.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5::h5l {

/// `location` is any object of the file that the link lies in.
Info link_info(Id location, const H5L_info2_t& raw);

}  // namespace hyperslab::hdf5::h5l
