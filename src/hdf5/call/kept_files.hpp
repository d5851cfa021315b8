// Files that stay open a little longer than their users asked for.
//
// Two identifiers of one file are two file structures in libhdf5, and an open dataset is shared
// between them. Its type remembers the structure that it was first opened through, where members of
// varying length find their elements. libhdf5 sets that right before a read for a type that is
// itself of varying length, not for one with such members: once the first identifier is closed, a
// read through the second follows a pointer into freed memory. So the first structure is kept until
// the file is closed everywhere.
#pragma once

#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

/// Takes over a file, all references to it, if something open elsewhere may still need it; false
/// when not. Only under the lock.
bool keep_file(Id file) noexcept;

/// Does so when it is the last reference. Only under the lock.
bool keep_last_reference(Id file) noexcept;

/// Whether a file was taken over. Only under the lock.
bool is_kept(Id file) noexcept;

/// Closes what was kept and is needed no more. Only under the lock.
void close_kept_files() noexcept;

}  // namespace hyperslab::hdf5
