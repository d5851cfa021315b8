// What is known of a parallel file for the meetings of its processes (mpi_meetings.hpp).
//
// mpi_files.cpp keeps it with all else that it knows of the file.
#pragma once

#include <cstdint>

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

struct MeetingPlace {
    std::uintptr_t communicator = 0;
    int rank = 0;
    std::uint64_t file = 0;       ///< a number that is the same on all processes
    unsigned long opened = 0;     ///< later files of this process have larger ones
    bool closes_objects = false;  ///< the file's last identifier closes what is open in it
    bool parted = false;          ///< all processes close the file: nobody comes any more
};

/// Of the file that an object is in; null unless it is a parallel file that is open for writing and
/// has more processes than this one. The caller holds the library lock, and there are parallel
/// files.
MeetingPlace* meeting_place(Id object);

/// For those who are about to open a file with this communicator, one of communicator_of_list():
/// its number is the next one that this process has. The place's communicator is 0 for one process.
MeetingPlace next_meeting_place(std::uintptr_t communicator);

/// The same of a communicator for which communicator_for_us() was called.
MeetingPlace meeting_place_among(std::uintptr_t communicator);

/// Gives the file that is opened next with a communicator of communicator_of_list() its number.
void number_next_file(std::uintptr_t communicator, std::uint64_t number);

}  // namespace hyperslab::hdf5
