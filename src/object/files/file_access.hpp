// Opening files: options turned into property lists, modes into calls.
#pragma once

#include <optional>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/file_options.hpp"

namespace hyperslab::object {

/// A file access property list with everything but the driver.
hdf5::Handle make_file_access_plist(const FileOptions& options);

/// Sets the driver on it.
void set_driver(hdf5::Id fapl, const Driver& driver);

/// A file creation property list.
hdf5::Handle make_file_creation_plist(const FileOptions& options);

/// Whether and how a file access property list locks.
void set_locking(hdf5::Id fapl, FileLocking locking);

/// Opens or creates a file.
///
/// \throws Error (invalid_argument) for a user block when nothing is created, or one that differs
///     from that of the existing file; (io) when the file cannot be opened in that way
hdf5::Handle open_file(const std::string& name,
                       Mode mode,
                       std::optional<std::uint64_t> userblock_bytes,
                       hdf5::Id fapl,
                       hdf5::Id fcpl,
                       bool swmr);

}  // namespace hyperslab::object
