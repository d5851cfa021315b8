#include "hdf5/api/h5fd.hpp"

#include "hdf5/call/capi.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/drivers/mpi_files.hpp"

namespace hyperslab::hdf5::h5fd {

Id driver(Driver which) {
    const LockGuard guard;  // the names below start libhdf5
    switch (which) {
        case Driver::core:
            return H5FD_CORE;
        case Driver::direct:
            return H5FD_DIRECT;
        case Driver::family:
            return H5FD_FAMILY;
        case Driver::ioc:
            return can_use_subfiling() ? H5FD_IOC : kInvalidId;
        case Driver::log:
            return H5FD_LOG;
        case Driver::mpio:
            return H5FD_MPIO;
        case Driver::multi:
            return H5FD_MULTI;
        case Driver::ros3:
            return H5FD_ROS3;
        case Driver::sec2:
            return H5FD_SEC2;
        case Driver::stdio:
            return H5FD_STDIO;
        case Driver::subfiling:
            return can_use_subfiling() ? H5FD_SUBFILING : kInvalidId;
    }
    return kInvalidId;
}

}  // namespace hyperslab::hdf5::h5fd
