// H5I: what an identifier names.
#pragma once

#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5i {

/// H5I_type_t
enum class Type {
    bad = -1,
    file = 1,
    group = 2,
    datatype = 3,
    dataspace = 4,
    dataset = 5,
    map = 6,
    attribute = 7,
    vfl = 8,
    vol = 9,
    property_class = 10,
    property_list = 11,
};

/// \throws Error when it is no identifier
Type type(Id id);
/// The type of a valid identifier, without asking libhdf5.
constexpr Type kind(Id id) { return static_cast<Type>(hdf5::kind(id)); }
bool valid(Id id);
/// \throws Error (closed) when the object, or its file, has been closed
void require_open(Id id);

/// A path to the object; empty when it has none (a dataspace, a transient type, no identifier at
/// all) or when libhdf5 does not know one.
std::string name(Id object);

/// The file that an object lies in.
Handle file(Id object);

/// \returns the number of references after it
int increment_references(Id id);
int decrement_references(Id id);
int references(Id id);

}  // namespace hyperslab::hdf5::h5i
