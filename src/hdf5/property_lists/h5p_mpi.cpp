// The properties of parallel files. Without a parallel libhdf5 each says that it is missing.

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/call/not_in_this_build.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_handle.hpp"
#include "hdf5/drivers/mpi_io.hpp"
#include "hdf5/drivers/mpi_meetings.hpp"
#include "hdf5/property_lists/h5p_driver.hpp"
#include "hdf5/property_lists/h5p_file.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"

namespace hyperslab::hdf5::h5p {

#ifdef H5_HAVE_PARALLEL

namespace {

// The processes wait for each other whenever so many bytes of metadata have changed. libhdf5's own
// number (256 KiB) makes them do so every thousand small objects.
constexpr std::size_t kLibraryDirtyBytes = 256U << 10;
constexpr std::size_t kDirtyBytes = 8U << 20;

void let_metadata_gather(Id fapl) {
    H5AC_cache_config_t config{};
    config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
    check({}, [&] { return H5Pget_mdc_config(fapl, &config); });
    if (config.dirty_bytes_threshold == kLibraryDirtyBytes) {
        config.dirty_bytes_threshold = kDirtyBytes;
        check({}, [&] { return H5Pset_mdc_config(fapl, &config); });
    }
}

// As in serial files. By the driver's own default a file that is let go before its objects is never
// closed: what was not written by then would be lost.
void let_objects_keep_files_open(Id fapl) {
    if (get_fclose_degree(fapl) == CloseDegree::default_) {
        set_fclose_degree(fapl, CloseDegree::weak);
    }
}

// What libhdf5 does with a communicator and hints, all processes together.
using SetProcesses = herr_t (*)(hid_t, MPI_Comm, MPI_Info);

void set_processes(Id fapl, MpiDriver mpi, const char* function, SetProcesses set) {
    // First: libhdf5's copies are to know of it.
    const std::uintptr_t ours = communicator_for_us(mpi.communicator);
    announce_among(ours, function, [] { return ""; });
    const MpiHints hints(mpi.info, is_on_one_machine(mpi.communicator));
    meet_to_share(mpi.communicator);
    check({}, [&] {
        return set(
            fapl, mpi_handle<MPI_Comm>(mpi.communicator), mpi_handle<MPI_Info>(hints.info()));
    });
    let_metadata_gather(fapl);
    let_objects_keep_files_open(fapl);
}

}  // namespace

void set_fapl_mpio(Id fapl, MpiDriver mpi) {
    set_processes(fapl, mpi, "H5Pset_fapl_mpio", &H5Pset_fapl_mpio);
}

MpiDriver get_fapl_mpio(Id fapl) {
    MPI_Comm communicator = MPI_COMM_NULL;
    MPI_Info info = MPI_INFO_NULL;
    check({}, [&] { return H5Pget_fapl_mpio(fapl, &communicator, &info); });
    return {number_of(communicator), without_our_hints(number_of(info))};
}

void set_mpi_params(Id fapl, MpiDriver mpi) {
    set_processes(fapl, mpi, "H5Pset_mpi_params", &H5Pset_mpi_params);
}

MpiDriver get_mpi_params(Id fapl) {
    MPI_Comm communicator = MPI_COMM_NULL;
    MPI_Info info = MPI_INFO_NULL;
    check({}, [&] { return H5Pget_mpi_params(fapl, &communicator, &info); });
    return {number_of(communicator), without_our_hints(number_of(info))};
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

bool is_collective(Id dxpl) {
    return parallel_files_possible() && dxpl != kDefault &&
           get_dxpl_mpio(dxpl) == MpioTransfer::collective;
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

void set_mpio_result(Id dxpl, bool is_collective, bool chunked) {
    const H5D_mpio_actual_io_mode_t mode = !is_collective ? H5D_MPIO_NO_COLLECTIVE
                                           : chunked      ? H5D_MPIO_CHUNK_COLLECTIVE
                                                          : H5D_MPIO_CONTIGUOUS_COLLECTIVE;
    const std::uint32_t no_cause = 0;
    const LockGuard guard;
    check({}, [&] { return H5Pset(dxpl, "actual_io_mode", &mode); });
    for (const char* const name : {"local_no_collective_cause", "global_no_collective_cause"}) {
        check({}, [&] { return H5Pset(dxpl, name, &no_cause); });
    }
}

std::string describe_no_collective_cause(std::uint32_t cause) {
    static constexpr std::array<std::pair<std::uint32_t, const char*>, 9> kWords{{
        {H5D_MPIO_SET_INDEPENDENT, "independent transfer was asked for"},
        {H5D_MPIO_DATATYPE_CONVERSION, "libhdf5 has to convert the elements"},
        {H5D_MPIO_DATA_TRANSFORMS, "a data transform is set"},
        {H5D_MPIO_MPI_OPT_TYPES_ENV_VAR_DISABLED, "HDF5_MPI_OPT_TYPES is off"},
        {H5D_MPIO_NOT_SIMPLE_OR_SCALAR_DATASPACES, "the dataspaces are neither simple nor scalar"},
        {H5D_MPIO_NOT_CONTIGUOUS_OR_CHUNKED_DATASET,
         "the dataset is neither contiguous nor chunked"},
        {H5D_MPIO_PARALLEL_FILTERED_WRITES_DISABLED,
         "this libhdf5 writes no filtered chunks in parallel"},
        {H5D_MPIO_ERROR_WHILE_CHECKING_COLLECTIVE_POSSIBLE,
         "an error came while that was looked at"},
        {0x100, "libhdf5's selection I/O is off or impossible"},  // H5D_MPIO_NO_SELECTION_IO
    }};
    std::string text;
    for (const auto& [bit, words] : kWords) {
        if ((cause & bit) != 0) {
            text += (text.empty() ? "" : ", ") + std::string(words);
        }
    }
    return text;
}

#else

namespace {

[[noreturn]] void no_mpi() { not_in_this_build("MPI"); }

}  // namespace

void set_fapl_mpio(Id /*fapl*/, MpiDriver /*mpi*/) { no_mpi(); }
MpiDriver get_fapl_mpio(Id /*fapl*/) { no_mpi(); }
void set_mpi_params(Id /*fapl*/, MpiDriver /*mpi*/) { no_mpi(); }
MpiDriver get_mpi_params(Id /*fapl*/) { no_mpi(); }
void set_all_coll_metadata_ops(Id /*list*/, bool /*collective*/) { no_mpi(); }
bool get_all_coll_metadata_ops(Id /*list*/) { no_mpi(); }
void set_coll_metadata_write(Id /*fapl*/, bool /*collective*/) { no_mpi(); }
bool get_coll_metadata_write(Id /*fapl*/) { no_mpi(); }
void set_dxpl_mpio(Id /*dxpl*/, MpioTransfer /*mode*/) { no_mpi(); }
MpioTransfer get_dxpl_mpio(Id /*dxpl*/) { no_mpi(); }
bool is_collective(Id /*dxpl*/) { return false; }
int get_mpio_actual_io_mode(Id /*dxpl*/) { no_mpi(); }
int get_mpio_actual_chunk_opt_mode(Id /*dxpl*/) { no_mpi(); }
NoCollectiveCause get_mpio_no_collective_cause(Id /*dxpl*/) { no_mpi(); }
void set_mpio_result(Id /*dxpl*/, bool /*is_collective*/, bool /*chunked*/) { no_mpi(); }
std::string describe_no_collective_cause(std::uint32_t /*cause*/) { no_mpi(); }

#endif

}  // namespace hyperslab::hdf5::h5p
