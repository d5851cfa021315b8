// Files whose writer ended without closing them.
//
// A file in one of the formats since HDF5 1.10 says in its superblock that it is open for writing.
// A writer that was killed leaves that mark behind, and libhdf5 refuses the file from then on,
// though its data are there. The mark is passed over when no process of this machine writes the
// file.
#pragma once

#include <string>
#include <vector>

namespace hyperslab::hdf5 {

/// Whether the file on disk has the mark of a writer although nobody writes it. It is false when
/// that cannot be found out.
bool was_abandoned(const std::string& name);

/// Remembers a file that was opened in spite of the mark.
/// \throws std::bad_alloc
void note_abandoned_file(const std::string& name);

/// The files that were noted since the last call, for warnings.
std::vector<std::string> take_abandoned_files();

}  // namespace hyperslab::hdf5
