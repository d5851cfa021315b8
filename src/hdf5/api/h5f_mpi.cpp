// A parallel file. Without a parallel libhdf5 each function says that it is missing.

#include "hdf5/api/h5f.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/not_in_this_build.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_meetings.hpp"

namespace hyperslab::hdf5::h5f {

#ifdef H5_HAVE_PARALLEL

void set_mpi_atomicity(Id file, bool atomic) {
    announce(file, "H5Fset_mpi_atomicity", [&] { return atomic ? "true" : "false"; });
    meet(file, Task::setting_atomicity);
    remember_atomicity(file, atomic);
    check({file}, [&] { return H5Fset_mpi_atomicity(file, atomic); });
}

bool get_mpi_atomicity(Id file) {
    hbool_t atomic = false;
    check({file}, [&] { return H5Fget_mpi_atomicity(file, &atomic); });
    return atomic;
}

#else

void set_mpi_atomicity(Id /*file*/, bool /*atomic*/) { not_in_this_build("MPI"); }
bool get_mpi_atomicity(Id /*file*/) { not_in_this_build("MPI"); }

#endif

}  // namespace hyperslab::hdf5::h5f
