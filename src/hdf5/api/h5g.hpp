// H5G: groups. What lies in them is H5L's business.
//
// A few of HDF5's oldest functions are here as well, for their own words and errors (h5py's h5g has
// them): link_count, stat, link, member_name, member_type. New code asks h5l and h5o.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5g {

/// Kinds of members, as H5G counted them before H5L and H5O came (H5G_obj_t).
enum class MemberType {
    unknown = -1,
    group = 0,
    dataset = 1,
    type = 2,
    link = 3,
    user_defined_link = 4,
};

/// A flag of H5Pset_link_creation_order.
inline constexpr unsigned kCreationOrderTracked = 0x1;

struct Info {
    int storage_type = -1;         ///< H5G_storage_type_t: symbol table, compact, dense
    std::uint64_t link_count = 0;  ///< links directly in the group
    std::int64_t max_creation_order = 0;
    bool mounted = false;
};

/// What HDF5 knows of a member of a group (H5G_stat_t).
struct Stat {
    std::array<unsigned long, 2> file_number{};
    std::array<unsigned long, 2> object_number{};
    unsigned link_count = 0;
    MemberType type = MemberType::group;
    std::int64_t modification_time = 0;
    std::size_t link_length = 0;  ///< bytes of a link's value, with the final NUL
};

Handle open(Id location, const std::string& name, Id gapl = kDefault);
Handle create(Id location, const std::string& name, Id lcpl = kDefault, Id gcpl = kDefault);
Handle create_anonymous(Id location, Id gcpl = kDefault);
Handle create_plist(Id group);

Info info(Id group);
/// \throws Error (invalid_argument) when the group is closed
std::uint64_t link_count(Id group);
/// Whether a group, or a file's root group, tracks the order of creation.
bool tracks_creation_order(Id group);

/// What HDF5 knows of a member or, with ".", of the object itself. When a link is not followed, it
/// is about the link.
Stat stat(Id location, const std::string& name, bool follow_link = true);
/// The name of the n-th link, and the kind of the object behind it, in the order of names.
std::string member_name(Id group, std::uint64_t index);
MemberType member_type(Id group, std::uint64_t index);
/// A soft link to a path, or a hard link to the object there; `type` as in h5l::Type.
void link(Id location,
          const std::string& target,
          int type,
          Id link_location,
          const std::string& link_name);

void flush(Id group);
void refresh(Id group);

}  // namespace hyperslab::hdf5::h5g
