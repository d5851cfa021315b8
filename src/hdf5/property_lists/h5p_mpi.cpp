// The properties of parallel files. Without a parallel libhdf5 each says that it is missing.

#include <type_traits>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/not_in_this_build.hpp"
#include "hdf5/property_lists/h5p_driver.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"

namespace hyperslab::hdf5::h5p {

#ifdef H5_HAVE_PARALLEL

namespace {

// An MPI handle is a pointer in Open MPI and an int in MPICH.
template <class MpiHandle>
MpiHandle from_number(std::uintptr_t number) {
    static_assert(sizeof(MpiHandle) <= sizeof number);
    if constexpr (std::is_pointer_v<MpiHandle>) {
        return reinterpret_cast<MpiHandle>(number);
    } else {
        return static_cast<MpiHandle>(number);
    }
}

template <class MpiHandle>
std::uintptr_t to_number(MpiHandle handle) {
    if constexpr (std::is_pointer_v<MpiHandle>) {
        return reinterpret_cast<std::uintptr_t>(handle);
    } else {
        return static_cast<std::uintptr_t>(handle);
    }
}

}  // namespace

void set_fapl_mpio(Id fapl, MpiDriver mpi) {
    check({}, [&] {
        return H5Pset_fapl_mpio(
            fapl, from_number<MPI_Comm>(mpi.communicator), from_number<MPI_Info>(mpi.info));
    });
}

MpiDriver get_fapl_mpio(Id fapl) {
    MPI_Comm communicator = MPI_COMM_NULL;
    MPI_Info info = MPI_INFO_NULL;
    check({}, [&] { return H5Pget_fapl_mpio(fapl, &communicator, &info); });
    return {to_number(communicator), to_number(info)};
}

void set_all_coll_metadata_ops(Id list, bool collective) {
    check({}, [&] { return H5Pset_all_coll_metadata_ops(list, collective); });
}

bool get_all_coll_metadata_ops(Id list) {
    hbool_t collective = false;
    check({}, [&] { return H5Pget_all_coll_metadata_ops(list, &collective); });
    return collective;
}

void set_coll_metadata_write(Id fapl, bool collective) {
    check({}, [&] { return H5Pset_coll_metadata_write(fapl, collective); });
}

bool get_coll_metadata_write(Id fapl) {
    hbool_t collective = false;
    check({}, [&] { return H5Pget_coll_metadata_write(fapl, &collective); });
    return collective;
}

void set_dxpl_mpio(Id dxpl, MpioTransfer mode) {
    check({}, [&] { return H5Pset_dxpl_mpio(dxpl, static_cast<H5FD_mpio_xfer_t>(mode)); });
}

MpioTransfer get_dxpl_mpio(Id dxpl) {
    H5FD_mpio_xfer_t mode = H5FD_MPIO_INDEPENDENT;
    check({}, [&] { return H5Pget_dxpl_mpio(dxpl, &mode); });
    return static_cast<MpioTransfer>(mode);
}

int get_mpio_actual_io_mode(Id dxpl) {
    H5D_mpio_actual_io_mode_t mode = H5D_MPIO_NO_COLLECTIVE;
    check({}, [&] { return H5Pget_mpio_actual_io_mode(dxpl, &mode); });
    return mode;
}

int get_mpio_actual_chunk_opt_mode(Id dxpl) {
    H5D_mpio_actual_chunk_opt_mode_t mode = H5D_MPIO_NO_CHUNK_OPTIMIZATION;
    check({}, [&] { return H5Pget_mpio_actual_chunk_opt_mode(dxpl, &mode); });
    return mode;
}

NoCollectiveCause get_mpio_no_collective_cause(Id dxpl) {
    NoCollectiveCause cause;
    check({}, [&] { return H5Pget_mpio_no_collective_cause(dxpl, &cause.local, &cause.global); });
    return cause;
}

#else

namespace {

[[noreturn]] void no_mpi() { not_in_this_build("MPI"); }

}  // namespace

void set_fapl_mpio(Id /*fapl*/, MpiDriver /*mpi*/) { no_mpi(); }
MpiDriver get_fapl_mpio(Id /*fapl*/) { no_mpi(); }
void set_all_coll_metadata_ops(Id /*list*/, bool /*collective*/) { no_mpi(); }
bool get_all_coll_metadata_ops(Id /*list*/) { no_mpi(); }
void set_coll_metadata_write(Id /*fapl*/, bool /*collective*/) { no_mpi(); }
bool get_coll_metadata_write(Id /*fapl*/) { no_mpi(); }
void set_dxpl_mpio(Id /*dxpl*/, MpioTransfer /*mode*/) { no_mpi(); }
MpioTransfer get_dxpl_mpio(Id /*dxpl*/) { no_mpi(); }
int get_mpio_actual_io_mode(Id /*dxpl*/) { no_mpi(); }
int get_mpio_actual_chunk_opt_mode(Id /*dxpl*/) { no_mpi(); }
NoCollectiveCause get_mpio_no_collective_cause(Id /*dxpl*/) { no_mpi(); }

#endif

}  // namespace hyperslab::hdf5::h5p
