// H5FD: the identifiers of libhdf5's own drivers.
#pragma once

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5fd {

enum class Driver { core, direct, family, ioc, log, mpio, multi, ros3, sec2, stdio, subfiling };

/// The driver's identifier, for h5p::set_driver; kInvalidId when this build does not have it. Those
/// of subfiling are there while MPI runs with threads (MPI_THREAD_MULTIPLE): libhdf5 would start
/// MPI to name them.
Id driver(Driver which);

}  // namespace hyperslab::hdf5::h5fd
