// Reads and writes by libhdf5 in parts, so that progress is reported, or signals are looked for,
// between them.
#pragma once

#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// Reads block after block along the first axis; what comes is what one read gives, but that others
/// may write between two blocks.
/// \returns false, and nothing has been done, for a selection that is small or cannot be divided so
bool read_in_blocks(const Request& request, void* memory);

/// Writes so what takes long: chunks with filters, which libhdf5 encodes one after the other,
/// strings and sequences, and very much of anything else. Nobody reads or writes between two
/// blocks. What ends the loop leaves the blocks before it written.
/// \returns false, and nothing has been done, where one call does as well, or better because
///     libhdf5 would write fill values before the first block
/// \throws ExtentChanged
bool write_in_blocks(const Request& request, const void* memory);

/// Writes numbers of another type than the file's so, without filters: some threads convert the
/// next blocks while this one writes. Nobody reads or writes between two blocks. What ends the loop
/// leaves the blocks before it written.
/// \returns false, and nothing has been done, where one call does as well, or where only libhdf5
///     can convert
/// \throws ExtentChanged
bool write_converted(const Request& request, const void* memory);

}  // namespace hyperslab::engine
