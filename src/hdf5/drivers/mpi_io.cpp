#include "hdf5/drivers/mpi_io.hpp"

#include "hdf5/call/capi.hpp"

#ifdef H5_HAVE_PARALLEL

#include <array>
#include <cstdlib>
#include <utility>

#include "hdf5/drivers/mpi_handle.hpp"

namespace hyperslab::hdf5 {
namespace {

// Processes of one machine share its memory: each gathers small pieces itself, in a buffer that its
// processor's cache can hold. ROMIO's own numbers (one process of a machine gathers, 16 MiB) take
// twice as long for pieces of 64 bytes. Other kinds of MPI-IO know nothing of these hints.
constexpr std::array<std::pair<const char*, const char*>, 2> kHintsForOneMachine{{
    {"cb_config_list", "*:*"},
    {"cb_buffer_size", "4194304"},
}};

// Tells that hints are ours.
constexpr const char* kOurs = "hyperslab_chose";

}  // namespace

// Open MPI 4 chooses how it does MPI-IO when the first file is opened. What it takes by default is
// OMPIO, which says nothing of a full disk in collective writes (whatever component does them), and
// whose "vulcan" gives elements of other chunks in collective reads of compressed datasets (both
// seen with 4.1.4). ROMIO has neither fault, but wants the HDF5 that comes along: another one
// leaves garbage in gaps and does not wait for all processes, so that it gets OMPIO with
// "two_phase". A program that has chosen keeps its choice.
void choose_mpi_io() {
#if defined(OMPI_MAJOR_VERSION) && OMPI_MAJOR_VERSION == 4
    if (std::getenv("OMPI_MCA_io") != nullptr || std::getenv("OMPI_MCA_fcoll") != nullptr) {
        return;
    }
#if HYPERSLAB_BUNDLED_HDF5
    // A priority is of no consequence where that component is missing; OMPIO's is 30.
    ::setenv("OMPI_MCA_io_romio321_priority", "100", 0);
#endif
    ::setenv("OMPI_MCA_fcoll", "two_phase", 0);
#endif
}

MpiHints::MpiHints(std::uintptr_t given, bool on_one_machine)
    : info_(given == 0 ? number_of(MPI_INFO_NULL) : given) {
    if (info_ == number_of(MPI_INFO_NULL)) {
        MPI_Info ours = MPI_INFO_NULL;
        MPI_Info_create(&ours);
        if (on_one_machine) {
            for (const auto& [name, value] : kHintsForOneMachine) {
                MPI_Info_set(ours, name, value);
            }
        }
        MPI_Info_set(ours, kOurs, "true");
        info_ = number_of(ours);
        is_own_ = true;
    }
}

MpiHints::~MpiHints() {
    if (is_own_) {
        auto info = mpi_handle<MPI_Info>(info_);
        MPI_Info_free(&info);
    }
}

std::uintptr_t without_our_hints(std::uintptr_t info) {
    auto hints = mpi_handle<MPI_Info>(info);
    int length = 0;
    int is_there = 0;
    if (hints != MPI_INFO_NULL) {
        MPI_Info_get_valuelen(hints, kOurs, &length, &is_there);
    }
    if (is_there != 0) {
        MPI_Info_free(&hints);  // which makes it MPI_INFO_NULL
    }
    return number_of(hints);
}

}  // namespace hyperslab::hdf5

#else

namespace hyperslab::hdf5 {

void choose_mpi_io() {}

}  // namespace hyperslab::hdf5

#endif
