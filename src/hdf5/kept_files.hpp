// Files that stay open a little longer than their users asked for.
//
// Two identifiers of one file are two file structures in libhdf5, and an open dataset is shared
// between them. Its type remembers the structure that it was first opened through, where members of
// varying length find their elements. libhdf5 sets that right before a read for a type that is
// itself of varying length, not for one with such members: once the first identifier is closed, a
// read through the second follows a pointer into freed memory. So the first structure is kept until
// the file is closed everywhere.
#pragma once

#include "hdf5/id.hpp"

namespace hyperslab::hdf5 {

/// Gives up one reference to an identifier, unless it is the last one of a file that must be kept.
/// Negative when libhdf5 could not close what stood behind it. Only under the lock.
int give_up(Id id) noexcept;

/// Takes over a file, all references to it, if something open elsewhere may still need it; false
/// when not. Only under the lock.
bool keep_file(Id file) noexcept;

/// Closes what was kept and is needed no more. Only under the lock.
void close_kept_files() noexcept;

}  // namespace hyperslab::hdf5
