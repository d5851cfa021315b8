// H5A: attributes, the small named values on an object.
//
// `object` names a member of the location whose attributes are meant; "." is the location itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/iteration.hpp"

namespace hyperslab::hdf5::h5a {

struct Info {
    bool creation_order_valid = false;
    std::uint32_t creation_order = 0;
    int character_set = 0;        ///< of the name: h5t::CharacterSet
    std::uint64_t data_size = 0;  ///< bytes in the file
};

/// An attribute that a walk came across.
struct Attribute {
    std::string name;
    Info info;
};

Handle create(Id location,
              const std::string& name,
              Id type,
              Id space,
              const std::string& object = ".",
              Id lapl = kDefault);
Handle open(Id location,
            const std::string& name,
            const std::string& object = ".",
            Id lapl = kDefault);
/// One of the object itself; null when there is none or it cannot be opened, for which nobody has
/// to wait: exists() and open() tell more.
/// \throws Error (invalid_argument) for a name with a NUL, in C++
Handle open_if_there(Id object, const std::string& name);
/// The attribute at a position: iteration.start, counted as the iteration says.
Handle open_by_index(Id location,
                     const Iteration& iteration,
                     const std::string& object = ".",
                     Id lapl = kDefault);
/// The order that the object keeps its attributes in: that of their making, or else of their names.
/// Of names, too, where libhdf5 cannot tell: the attributes themselves can be had all the same.
IndexType own_order(Id object);
bool exists(Id location,
            const std::string& name,
            const std::string& object = ".",
            Id lapl = kDefault);
void rename(Id location,
            const std::string& name,
            const std::string& new_name,
            const std::string& object = ".",
            Id lapl = kDefault);
void remove(Id location,
            const std::string& name,
            const std::string& object = ".",
            Id lapl = kDefault);
void remove_by_index(Id location,
                     const Iteration& iteration,
                     const std::string& object = ".",
                     Id lapl = kDefault);

Info info(Id attribute);
Info info_by_name(Id location,
                  const std::string& name,
                  const std::string& object = ".",
                  Id lapl = kDefault);
Info info_by_index(Id location,
                   const Iteration& iteration,
                   const std::string& object = ".",
                   Id lapl = kDefault);

/// \name The attributes of an object; walks as iteration.hpp says
///@{
std::uint64_t count(Id object);
std::vector<std::string> names(Id object, const Iteration& iteration = {});
std::vector<Attribute> attributes(Id object, const Iteration& iteration = {});
///@}

/// \name An attribute
///@{
std::string name(Id attribute);
Handle space(Id attribute);
Handle type(Id attribute);
std::uint64_t storage_size(Id attribute);
/// The same of an attribute that is known to be open.
std::uint64_t stored_bytes(Id attribute);
/// The buffer holds as many elements as the attribute's dataspace, packed, of the memory type.
void read(Id attribute, Id memory_type, void* buffer);
void write(Id attribute, Id memory_type, const void* buffer);
///@}

}  // namespace hyperslab::hdf5::h5a
