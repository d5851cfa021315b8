// Meetings of the processes of a parallel file, before they do something together.
//
// In libhdf5 a process waits without end when another one does not come, because an exception or
// the end of its program kept it away. So the processes say first what they are at, in one
// reduction. When all are at the same, they go on. When they are not, each gets an error in place
// of what it was at, but for those who close the file: they come again until all close it. So
// nobody waits without end as long as each process closes its files, which the end of its program
// does too.
//
// Files that are only read have no meetings: their processes need not wait for each other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

/// What a process does together with the others.
enum class Task : std::uint8_t {
    opening = 1,
    writing,  ///< to one dataset
    reading,
    writing_several,  ///< datasets at once
    reading_several,
    resizing,
    flushing,
    setting_atomicity,
    closing,
};

/// Numbers of which a meeting finds the largest that a process has.
using Numbers = std::array<std::uint64_t, 4>;

/// Meets the other processes of the parallel file that an object is in. No effect for a file of one
/// process, for one that is only read, and for any other file.
/// \param object  the dataset; for what is about a file, anything in it
/// \returns by number, the largest that a process has
/// \throws Error (io) when others are at something else, or when MPI fails
Numbers meet(Id object, Task task, const Numbers& mine = {});

/// Meets those with whom a file is to be opened, which then has the same number for all.
/// \param communicator  of communicator_of_list(); no effect when it is 0
/// \throws Error (io) when others are at something else, or when MPI fails
void meet_to_open(std::uintptr_t communicator);

/// Meets the processes of a communicator before it is put into an access list, which copies it.
/// \param communicator  one for which communicator_for_us() was called
/// \throws Error (io) when others are at something else, or when MPI fails
void meet_to_share(std::uintptr_t communicator);

/// Meets the other processes when this closes the file, which is the file's last identifier and may
/// have open objects. It waits until all close it.
/// \throws Error (io) when others close another file at the same time, or when MPI fails
void meet_to_close(Id file);

/// Whether the file has other processes, which have to be met to close it.
bool is_closed_together(Id file);

/// Meets others at the end of the program: which file is closed first is left to them, and to their
/// order of opening.
/// \param files  those of this process for which is_closed_together(); one at least
/// \returns the place in `files` of the one to close now
/// \throws Error (io) when MPI fails
std::size_t meet_to_close_one(std::span<const Id> files);

}  // namespace hyperslab::hdf5
