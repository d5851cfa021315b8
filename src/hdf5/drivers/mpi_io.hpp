// How MPI does its I/O, where the program leaves it to us: which implementation, with which hints.
//
// MPI handles are numbers here, as in mpi_files.hpp. In a build without MPI nothing happens.
#pragma once

#include <cstdint>

namespace hyperslab::hdf5 {

/// Says in the environment how this MPI is to do MPI-IO, unless the environment says so already.
void choose_mpi_io();

/// The hints to open a file with: those that a program gives, or else ours. There are always some:
/// libhdf5 gives no access list of a subfiled file that has none.
class MpiHints {
public:
    /// \param given           an MPI_Info, which may be none
    /// \param on_one_machine  whether all processes are
    MpiHints(std::uintptr_t given, bool on_one_machine);
    ~MpiHints();
    MpiHints(const MpiHints&) = delete;
    MpiHints& operator=(const MpiHints&) = delete;

    /// An MPI_Info that lives as long as this.
    std::uintptr_t info() const { return info_; }

private:
    std::uintptr_t info_;
    bool is_own_ = false;
};

/// Frees an MPI_Info and returns MPI_INFO_NULL where the hints are ours: a program that asks for
/// its hints gets what it gave.
std::uintptr_t without_our_hints(std::uintptr_t info);

}  // namespace hyperslab::hdf5
