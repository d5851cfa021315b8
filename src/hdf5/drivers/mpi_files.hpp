// Parallel files (drivers mpio and subfiling): which communicator each has, and their end with
// MPI's.
//
// MPI handles are numbers here (a pointer in Open MPI, an int in MPICH), so that nobody else needs
// mpi.h. In a build without MPI there is no parallel file.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include "hdf5/call/id.hpp"
#include "storage/file.hpp"
#include "storage/file_writer.hpp"

namespace hyperslab::hdf5 {

namespace detail {
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
inline constinit std::atomic<bool> parallel_files_possible{false};
}  // namespace detail

/// Whether a program has asked for a parallel file. False costs nothing to ask.
inline bool parallel_files_possible() {
    return detail::parallel_files_possible.load(std::memory_order_relaxed);
}

/// A copy of a communicator for messages of ours, which nobody else uses. It is made, collectively,
/// the first time, and freed by MPI with the communicator and all of libhdf5's copies of it.
/// \throws Error (invalid_argument) when MPI is not running; (io) when MPI fails
std::uintptr_t communicator_for_us(std::uintptr_t communicator);

/// Whether all processes of a communicator that has such a copy are on this machine.
bool is_on_one_machine(std::uintptr_t communicator);

/// That copy, of the communicator in a file access list; 0 unless its driver is one of parallel
/// files. All processes call it: libhdf5 copies the list's communicator.
std::uintptr_t communicator_of_list(Id fapl);

/// Says that a file was opened with this access list, and what communicator_of_list() gave for it.
/// No effect when that is 0.
void remember_communicator(Id file, std::uintptr_t communicator, Id fapl);

/// That copy, of the file that an object is in; 0 unless it is a parallel file.
std::uintptr_t communicator_of(Id object);

/// Refuses a parallel file in a process that was forked after it was opened.
/// \throws Error (invalid_argument)
void require_parallel_file_is_own(Id object);

/// Waits until all processes of the parallel file that an object is in have come here. No effect
/// for any other file.
/// \throws Error (io) when MPI fails
void wait_for_all(Id object);

/// How the processes of a parallel file can write to it past MPI-IO.
struct ParallelAccess {
    std::uintptr_t communicator = 0;
    unsigned processes = 1;
    unsigned processes_here = 1;  ///< of those, on this machine
    bool atomic = false;          ///< MPI-IO's atomic mode is on
    /// Null where the file is open for reading only, where its name leads to no file on disk, or to
    /// one without its elements, and where processes of other machines might not see what was
    /// written.
    std::shared_ptr<const storage::FileWriter> writer{};

    bool on_one_machine() const { return processes == processes_here; }
};

/// Of the file that an object is in; an empty optional unless it is a parallel file. The writer is
/// open as long as somebody holds on to it.
std::optional<ParallelAccess> parallel_access(Id object);

/// Says that MPI-IO's atomic mode was set.
void remember_atomicity(Id file, bool atomic);

/// The file behind a parallel file that is open for reading only, for reading past libhdf5; null
/// for any other. It is open as long as the parallel file, and those who read hold on to it; who
/// remembers it does so weakly.
std::shared_ptr<const storage::File> storage_of_parallel_file(Id file);

/// Whether a file access list names a driver of parallel files.
bool is_parallel(Id fapl);

/// Whether that is the subfiling driver.
bool uses_subfiling(Id fapl);

/// Whether an object lies in a file of the subfiling driver: nobody but libhdf5 finds elements
/// then.
bool is_subfiled_file(Id object);

/// Whether libhdf5 has its subfiling driver, and MPI runs with the threads that it needs
/// (MPI_THREAD_MULTIPLE).
bool can_use_subfiling();

/// Called once, when MPI is about to end: the last moment at which a parallel file can be closed.
void set_hook_of_mpi_end(void (*hook)());

}  // namespace hyperslab::hdf5
