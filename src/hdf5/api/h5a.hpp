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
    int character_set = 0;        ///< the h5t::CharacterSet of the name
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
/// Creates an attribute of the object itself, with a creation list.
Handle create_as(Id object, const std::string& name, Id type, Id space, Id acpl);
Handle open(Id location,
            const std::string& name,
            const std::string& object = ".",
            Id lapl = kDefault);
/// Opens an attribute of the object itself. The handle is null when there is none or when it cannot
/// be opened; exists() and open() report which.
/// \throws Error (invalid_argument) for a name with a NUL, in C++
Handle open_if_there(Id object, const std::string& name);
/// The attribute at a position: iteration.start, counted as the iteration says.
Handle open_by_index(Id location,
                     const Iteration& iteration,
                     const std::string& object = ".",
                     Id lapl = kDefault);
/// The order in which the object keeps its attributes: of their creation or, when that is not
/// tracked or cannot be found out, of their names.
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
/// The number of bytes that an attribute takes, when it is known to be open.
std::uint64_t stored_bytes(Id attribute);
/// Reads all elements. The buffer has room for as many elements as the attribute's dataspace has,
/// packed, of the memory type.
void read(Id attribute, Id memory_type, void* buffer);
void write(Id attribute, Id memory_type, const void* buffer);

/// To be asked before an attribute is written that has been open for a while: another one of
/// another size may have its name by now, and libhdf5 writes behind the end of that one.
/// \throws Error (invalid_argument)
void require_same_size_as_named(Id attribute);
///@}

}  // namespace hyperslab::hdf5::h5a
