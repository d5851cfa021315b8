// The types of elements in memory.
//
// HDF5 converts between a type in the file and one in memory, but is strict about what it calls the
// same: it has no way from an ASCII string to a UTF-8 one, from a bitfield to an integer, from one
// opaque tag to another. Where the bytes are the same, the type in memory follows the file's.
#pragma once

#include <span>
#include <string>

#include "hyperslab/datatype.hpp"

namespace hyperslab::object {

/// The type to give libhdf5 for elements that lie in memory as `native` says, when the file has
/// them as `stored`. Of the size and layout of `native`.
/// \throws Error (not_found) when `native` has a compound member that `stored` has not
Datatype memory_type(const Datatype& native, const Datatype& stored);

/// How elements of a stored type lie in memory when nobody says: the machine's byte order, members
/// one after the other.
Datatype native_type(const Datatype& stored);

/// A compound with only the named members of a compound type.
/// \throws Error (not_found); (type_mismatch) when it is no compound
Datatype subset(const Datatype& stored, std::span<const std::string> members);

/// The type of a member; names from outside to inside.
/// \throws Error as subset
Datatype member_type(const Datatype& stored, std::span<const std::string> path);

/// The type in memory for a member of compound elements: compounds with that member only.
Datatype nested_in(const Datatype& member, std::span<const std::string> path);

}  // namespace hyperslab::object
