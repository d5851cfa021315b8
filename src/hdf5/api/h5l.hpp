// H5L: links, by which a group holds its members.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/iteration.hpp"

namespace hyperslab::hdf5::h5l {

/// H5L_type_t; programs may register more kinds from 65 on.
enum class Type { error = -1, hard = 0, soft = 1, external = 64 };

struct Info {
    Type type = Type::error;
    bool creation_order_valid = false;
    std::int64_t creation_order = 0;
    int character_set = 0;       ///< the h5t::CharacterSet of the link's name
    std::uint64_t address = 0;   ///< address of the object that a hard link leads to
    std::size_t value_size = 0;  ///< bytes of the value, of all others
};

/// A link that a walk came across; the name is relative to where it began.
struct Link {
    std::string name;
    Info info;
};

/// The target of an external link.
struct ExternalTarget {
    std::string file;
    std::string path;
};

bool exists(Id location, const std::string& name, Id lapl = kDefault);
Info info(Id location, const std::string& name, Id lapl = kDefault);

/// Names as bytes: the file does not promise an encoding.
/// \throws Error (type_mismatch) when the link is of another kind
std::string soft_value(Id location, const std::string& name, Id lapl = kDefault);
ExternalTarget external_value(Id location, const std::string& name, Id lapl = kDefault);

void create_hard(Id object_location,
                 const std::string& object_name,
                 Id link_location,
                 const std::string& link_name,
                 Id lcpl = kDefault,
                 Id lapl = kDefault);
void create_soft(const std::string& target,
                 Id location,
                 const std::string& name,
                 Id lcpl = kDefault,
                 Id lapl = kDefault);
void create_external(const std::string& file,
                     const std::string& path,
                     Id location,
                     const std::string& name,
                     Id lcpl = kDefault,
                     Id lapl = kDefault);
void remove(Id location, const std::string& name, Id lapl = kDefault);
void move(Id source,
          const std::string& source_name,
          Id destination,
          const std::string& destination_name,
          Id lcpl = kDefault,
          Id lapl = kDefault);
void copy(Id source,
          const std::string& source_name,
          Id destination,
          const std::string& destination_name,
          Id lcpl = kDefault,
          Id lapl = kDefault);

/// The n-th link's name.
std::string name_by_index(Id group,
                          std::uint64_t index,
                          const Iteration& iteration = {},
                          const std::string& name = ".",
                          Id lapl = kDefault);

/// \name Walks; see iteration.hpp
///@{
/// Names of the links in a group: one pass.
std::vector<std::string> names(Id group, const Iteration& iteration = {});
std::vector<Link> links(Id group,
                        const Iteration& iteration = {},
                        const std::string& name = ".",
                        Id lapl = kDefault);
///@}

/// Whether every step of a path is a link in a group. The last may lead nowhere.
///
/// It is false where a step on the way is missing; exists() fails there. Empty steps ("a//b", "a/")
/// and "." are ignored. A path that begins with "/" begins at the file's root.
bool path_valid(Id group, std::string_view path, Id lapl = kDefault);

}  // namespace hyperslab::hdf5::h5l
