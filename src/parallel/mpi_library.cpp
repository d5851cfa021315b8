#include "parallel/mpi_library.hpp"

#ifdef HYPERSLAB_WITH_MPI

#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "hdf5/drivers/mpi_io.hpp"

namespace hyperslab::parallel {

std::string mpi_library() {
    std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
    int length = 0;
    if (MPI_Get_library_version(text.data(), &length) != MPI_SUCCESS) {
        return "unknown";
    }
    // MPICH has a line for each fact, and Open MPI a sentence; the first words say which it is.
    std::string first(text.data());
    first.resize(std::min(first.find_first_of(",\n"), first.size()));
    std::ranges::replace(first, '\t', ' ');
    return first;
}

std::string mpi_io() {
#ifdef OMPI_MAJOR_VERSION
    hdf5::choose_mpi_io();  // as when the first file is opened
    const char* const io = std::getenv("OMPI_MCA_io");
    const char* const priority = std::getenv("OMPI_MCA_io_romio321_priority");
    if (io != nullptr ? std::string(io).find("romio") != std::string::npos : priority != nullptr) {
        return "ROMIO";
    }
    const char* const component = std::getenv("OMPI_MCA_fcoll");
    return component == nullptr ? "OMPIO" : "OMPIO (" + std::string(component) + ")";
#else
    return "ROMIO";
#endif
}

}  // namespace hyperslab::parallel

#else

namespace hyperslab::parallel {

std::string mpi_library() { return {}; }
std::string mpi_io() { return {}; }

}  // namespace hyperslab::parallel

#endif
