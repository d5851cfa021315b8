// The header of an object alone.
#pragma once

#include "hdf5/api/h5o.hpp"

namespace hyperslab::hdf5::h5o {

/// How the object's header lies in the file. Nothing beyond it is read.
Header header(Id object);

}  // namespace hyperslab::hdf5::h5o
