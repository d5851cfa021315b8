// Do all processes of a parallel file make the same call? The debug mode HYPERSLAB_MPI_CHECK=1.
//
// Before each call that HDF5 wants of all processes (hdf5/changes/announce.hpp), the processes tell
// each other what they are about to do and from which line of the program. When they do not agree,
// each gets the same error instead of waiting without end; when some do not come, those that did
// get an error after HYPERSLAB_MPI_CHECK_TIMEOUT seconds (60). The file is not checked after that:
// it can still be closed.
#pragma once

#include <string>

namespace hyperslab::parallel {

/// Where in the user's program the calling thread is, as "file:line"; empty when that is not known.
using PlaceInProgram = std::string (*)();

/// Checks from now on, if the environment asks for it.
/// \param place  may be null
void begin_checks(PlaceInProgram place);

}  // namespace hyperslab::parallel
