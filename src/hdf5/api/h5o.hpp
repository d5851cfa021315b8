// H5O: objects in a file, of whatever kind: groups, datasets, committed datatypes.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/iteration.hpp"

namespace hyperslab::hdf5::h5o {

/// H5O_type_t
enum class Type { unknown = -1, group = 0, dataset = 1, named_datatype = 2, map = 3 };

/// \name Flags of H5P's object copy, as in H5Opublic.h
///@{
inline constexpr unsigned kCopyShallowHierarchy = 0x01;
inline constexpr unsigned kCopyExpandSoftLink = 0x02;
inline constexpr unsigned kCopyExpandExternalLink = 0x04;
inline constexpr unsigned kCopyExpandReference = 0x08;
inline constexpr unsigned kCopyWithoutAttributes = 0x10;
inline constexpr unsigned kCopyPreserveNull = 0x20;
///@}

/// An object's place: two identifiers with one identity name one object.
struct Identity {
    unsigned long file_number = 0;
    std::array<std::byte, 16> token{};

    friend bool operator==(const Identity&, const Identity&) = default;
    friend auto operator<=>(const Identity&, const Identity&) = default;
};

/// Bytes that an index and a heap take in the file.
struct IndexSize {
    std::uint64_t index = 0;
    std::uint64_t heap = 0;
};

/// An object's header, as it lies in the file.
struct Header {
    unsigned version = 0;
    unsigned message_count = 0;
    unsigned chunk_count = 0;
    unsigned flags = 0;
    std::uint64_t total_space = 0;
    std::uint64_t metadata_space = 0;
    std::uint64_t message_space = 0;
    std::uint64_t free_space = 0;
    std::uint64_t messages_present = 0;  ///< a bit for each message type
    std::uint64_t messages_shared = 0;
};

/// The amount of information to ask for. Members that are not asked for stay zero.
///
/// `basic` gives what the object says of itself: its place, type, times, and the counts of its
/// links and attributes. The members `header`, `object_size` and `attribute_size` stay zero. `all`
/// gives them too, and walks through B-trees and heaps for that, which takes time and, in a damaged
/// file, may fail. header() gives the header alone.
enum class Detail { basic, all };

struct Info {
    unsigned long file_number = 0;
    std::uint64_t address = 0;
    std::array<std::byte, 16> token{};
    Type type = Type::unknown;
    unsigned reference_count = 0;
    std::int64_t access_time = 0;
    std::int64_t modification_time = 0;
    std::int64_t change_time = 0;
    std::int64_t birth_time = 0;
    std::uint64_t attribute_count = 0;
    Header header;
    IndexSize object_size;  ///< size of the index of a group's links or a dataset's chunks
    IndexSize attribute_size;
};

/// What libhdf5 knows of an object from its header alone.
struct Basics {
    Type type = Type::unknown;
    unsigned reference_count = 0;
    Identity identity;
};

Basics basics(Id object);
Basics basics_by_name(Id location, const std::string& name);
Identity identity(Id object);
Type type(Id object);
Type type_by_name(Id location, const std::string& name, Id lapl = kDefault);
Info info(Id object, Detail detail = Detail::all);
Info info_by_name(Id location,
                  const std::string& name,
                  Detail detail = Detail::all,
                  Id lapl = kDefault);
/// Information about the n-th member of a group, counted as `iteration` says.
Info info_by_index(Id location,
                   std::uint64_t index,
                   const Iteration& iteration,
                   Detail detail = Detail::all,
                   const std::string& group = ".",
                   Id lapl = kDefault);

/// How the object's header lies in the file. Nothing beyond it is read.
Header header(Id object);

Handle open(Id location, const std::string& name, Id lapl = kDefault);
/// Whether the sizes of an object's metadata can be found out. They can even where the object
/// cannot be opened because it is in the format of a newer HDF5.
bool has_sound_header(Id location, const std::string& name);
/// Whether a path leads to an object. Every step but the last has to exist.
bool exists_by_name(Id location, const std::string& name, Id lapl = kDefault);
/// A further hard link to an object.
void link(Id object, Id location, const std::string& name, Id lcpl = kDefault, Id lapl = kDefault);
void copy(Id source,
          const std::string& source_name,
          Id destination,
          const std::string& destination_name,
          Id copy_plist = kDefault,
          Id lcpl = kDefault);

std::string comment(Id location, const std::string& name = ".", Id lapl = kDefault);
/// Sets the comment of an object; null removes it.
void set_comment(Id location,
                 const char* comment,
                 const std::string& name = ".",
                 Id lapl = kDefault);

void flush(Id object);
void refresh(Id object);

}  // namespace hyperslab::hdf5::h5o
