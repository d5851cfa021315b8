// Which MPI this build has. It can be asked before MPI is initialized, and after its end.
#pragma once

#include <string>

namespace hyperslab::parallel {

/// Its name and version; empty in a build without MPI.
std::string mpi_library();

/// The implementation of MPI-IO that it takes, as far as the environment tells: "OMPIO
/// (two_phase)", "ROMIO"; empty in a build without MPI.
std::string mpi_io();

}  // namespace hyperslab::parallel
