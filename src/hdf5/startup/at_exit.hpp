// Files that are still open when the program ends.
//
// libhdf5's own clean-up at exit is off (library.cpp), so they are closed here, as late as
// possible: a Python program may use them until its interpreter is gone. A ByteDevice may need
// something that is gone earlier. The owner of that closes files on devices before, with
// close_files_on_devices().
#pragma once

namespace hyperslab::hdf5 {

/// Lets the end of the program close every file from now on. It is called once a process. What
/// cannot be written then is reported on stderr.
void close_files_at_exit();

/// Closes every file on a ByteDevice. What cannot be written goes to the final failure handler
/// (device_failure.hpp).
void close_files_on_devices();

}  // namespace hyperslab::hdf5
