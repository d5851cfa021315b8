// The subfiling driver's properties. Without that driver in libhdf5 each says that it is missing.

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/call/not_in_this_build.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_handle.hpp"
#include "hdf5/drivers/mpi_meetings.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/property_lists/h5p_driver.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {

#ifdef H5_HAVE_SUBFILING_VFD

namespace {

// libhdf5 would start MPI by itself, and a list that it refuses once it takes the second time.
void require_threads() {
    if (!can_use_subfiling()) {
        throw Error(ErrorCode::invalid_argument,
                    "The subfiling driver needs MPI to run, and with threads: initialize it with "
                    "MPI_THREAD_MULTIPLE (from mpi4py import MPI does, unless mpi4py.rc says "
                    "otherwise)");
    }
}

// libhdf5 copies the list's communicator, collectively. Where there is none it takes
// MPI_COMM_WORLD, and has no access list of a file that was opened so.
void meet_those_of(Id fapl) {
    MPI_Comm comm = MPI_COMM_NULL;
    MPI_Info info = MPI_INFO_NULL;
    check({}, [&] { return H5Pget_mpi_params(fapl, &comm, &info); });
    if (info != MPI_INFO_NULL) {
        MPI_Info_free(&info);
    }
    if (comm == MPI_COMM_NULL) {
        set_mpi_params(fapl, {.communicator = number_of(MPI_COMM_WORLD)});
        return;
    }
    communicator_for_us(number_of(comm));
    meet_to_share(number_of(comm));
    MPI_Comm_free(&comm);
}

// A stripe is one message, whose bytes MPI counts in an int.
constexpr std::int64_t kMostStripeBytes = std::int64_t{1} << 30;

// Before others are met: they would wait.
void require_sense(const SubfilingDriver& subfiling) {
    using enum IocSelection;
    const IocSelection how = subfiling.ioc_selection;
    if (how != one_per_node && how != every_nth_rank && how != total) {
        throw Error(ErrorCode::invalid_argument,
                    "I/O concentrators are chosen one per node, every n-th rank, or by a total");
    }
    if (subfiling.stripe_bytes <= 0 || subfiling.stripe_bytes > kMostStripeBytes) {
        throw Error(ErrorCode::invalid_argument, "A stripe has from one byte to 1 GiB");
    }
    if (subfiling.stripe_count == 0 || subfiling.stripe_count < kOneSubfilePerConcentrator) {
        throw Error(ErrorCode::invalid_argument,
                    "A file has one subfile at least, or -1: one for each I/O concentrator");
    }
}

Handle default_ioc_list() {
    Handle list = create(ListClass::file_access);
    set_fapl_ioc(list.id(), {});
    return list;
}

}  // namespace

void set_fapl_subfiling(Id fapl, const SubfilingDriver& subfiling) {
    require_threads();
    require_sense(subfiling);
    const LockGuard guard;
    meet_those_of(fapl);
    const Handle ioc_fapl = subfiling.ioc_fapl ? copy(subfiling.ioc_fapl.id()) : default_ioc_list();
    H5FD_subfiling_config_t config{};
    config.magic = H5FD_SUBFILING_FAPL_MAGIC;
    config.version = H5FD_SUBFILING_CURR_FAPL_VERSION;
    config.ioc_fapl_id = ioc_fapl.id();
    config.require_ioc = true;
    config.shared_cfg.ioc_selection =
        static_cast<H5FD_subfiling_ioc_select_t>(subfiling.ioc_selection);
    config.shared_cfg.stripe_size = subfiling.stripe_bytes;
    config.shared_cfg.stripe_count = subfiling.stripe_count;
    check({}, [&] { return H5Pset_fapl_subfiling(fapl, &config); });
}

SubfilingDriver get_fapl_subfiling(Id fapl) {
    require_threads();
    const LockGuard guard;
    if (get_driver(fapl) != H5FD_SUBFILING) {
        throw Error(ErrorCode::invalid_argument, "The list's driver is not subfiling");
    }
    H5FD_subfiling_config_t config{};
    check({}, [&] { return H5Pget_fapl_subfiling(fapl, &config); });
    return {.ioc_selection = static_cast<IocSelection>(config.shared_cfg.ioc_selection),
            .stripe_bytes = config.shared_cfg.stripe_size,
            .stripe_count = config.shared_cfg.stripe_count,
            .ioc_fapl = Handle(config.ioc_fapl_id)};
}

void set_fapl_ioc(Id fapl, IocDriver ioc) {
    require_threads();
    if (ioc.thread_pool_size < 1) {
        throw Error(ErrorCode::invalid_argument, "An I/O concentrator has one thread at least");
    }
    H5FD_ioc_config_t config{};
    config.magic = H5FD_IOC_FAPL_MAGIC;
    config.version = H5FD_IOC_CURR_FAPL_VERSION;
    config.thread_pool_size = ioc.thread_pool_size;
    check({}, [&] { return H5Pset_fapl_ioc(fapl, &config); });
}

IocDriver get_fapl_ioc(Id fapl) {
    require_threads();
    const LockGuard guard;
    if (get_driver(fapl) != H5FD_IOC) {
        throw Error(ErrorCode::invalid_argument, "The list's driver is not ioc");
    }
    H5FD_ioc_config_t config{};
    check({}, [&] { return H5Pget_fapl_ioc(fapl, &config); });
    return {.thread_pool_size = config.thread_pool_size};
}

#else

namespace {

[[noreturn]] void no_subfiling() { not_in_this_build("the subfiling driver"); }

}  // namespace

void set_fapl_subfiling(Id /*fapl*/, const SubfilingDriver& /*subfiling*/) { no_subfiling(); }
SubfilingDriver get_fapl_subfiling(Id /*fapl*/) { no_subfiling(); }
void set_fapl_ioc(Id /*fapl*/, IocDriver /*ioc*/) { no_subfiling(); }
IocDriver get_fapl_ioc(Id /*fapl*/) { no_subfiling(); }

#endif

}  // namespace hyperslab::hdf5::h5p
