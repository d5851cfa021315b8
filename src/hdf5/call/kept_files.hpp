// Files that stay open a little longer than their users asked for.
//
// Two identifiers of one file are two file structures in libhdf5, and an open dataset is shared
// between them. Its type remembers the structure that it was first opened through, where members of
// varying length find their elements. Before a read, libhdf5 corrects that for a type that is
// itself of varying length, but not for a type with such members: once the first identifier is
// closed, a read through the second follows a pointer into freed memory. So the first structure is
// kept until the file is closed everywhere.
#pragma once

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

/// Takes over all references to a file if something that is open elsewhere may still need it.
/// Returns false when nothing does. The caller holds the library lock.
bool keep_file(Id file) noexcept;

/// Takes over a file as keep_file() does when this is the last reference. The caller holds the
/// library lock.
bool keep_last_reference(Id file) noexcept;

/// Whether a file was taken over. The caller holds the library lock.
bool is_kept(Id file) noexcept;

/// Closes kept files that are not needed any more. The caller holds the library lock.
void close_kept_files() noexcept;

}  // namespace hyperslab::hdf5
