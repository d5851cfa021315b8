// The types of elements in memory.
//
// HDF5 converts between a type in the file and one in memory, but is strict about what it calls the
// same: it has no conversion from an ASCII string to a UTF-8 string, from a bitfield to an integer,
// or from one opaque tag to another. Where the bytes are the same, the type in memory follows the
// file's. Where a C++ type takes its elements in several forms, the file decides: a std::string may
// come from characters in the element, a std::vector from an array.
#pragma once

#include <span>
#include <string>

#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/element_codec.hpp"

namespace hyperslab::object {

/// The type to give libhdf5 for elements of a C++ type, when the file has them as `stored`. It has
/// the size and layout of the codec's own type where that is plain.
/// \throws Error (not_found) when `stored` lacks a member that the record must have
Datatype memory_type(const detail::ElementCodec& codec, const Datatype& stored);

/// The type in memory of elements of a stored type when the caller gives none: in the machine's
/// byte order, members one after the other.
Datatype native_type(const Datatype& stored);

/// Whether it is or contains a reference of HDF5 1.12, for which libhdf5 keeps memory and files.
bool has_standard_reference(const Datatype& type);

/// A compound with only the named members of a compound type.
/// \throws Error (not_found); (type_mismatch) when it is no compound
Datatype subset(const Datatype& stored, std::span<const std::string> members);

/// The type of a member; names from outside to inside.
/// \throws Error as subset
Datatype member_type(const Datatype& stored, std::span<const std::string> path);

/// The type in memory for a member of compound elements: compounds with that member only.
Datatype nested_in(const Datatype& member, std::span<const std::string> path);

}  // namespace hyperslab::object
