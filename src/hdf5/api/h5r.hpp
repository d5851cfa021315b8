// H5R: references to objects and to regions of datasets, in the forms that files have held since
// the first HDF5.
//
// A reference is bytes that mean something in one file only: 8 that are an object's address, or 12
// that say where the file keeps a dataset's address and a selection. All zeros refer to nothing.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "hdf5/api/h5o.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5r {

/// H5R_type_t of these forms.
enum class Type { object = 0, region = 1 };

inline constexpr std::size_t kObjectSize = 8;
inline constexpr std::size_t kRegionSize = 12;

constexpr std::size_t size_of(Type type) {
    return type == Type::object ? kObjectSize : kRegionSize;
}

/// Either kind; an object reference leaves the last four bytes zero.
struct Reference {
    Type type = Type::object;
    std::array<std::byte, kRegionSize> bytes{};

    /// Whether the reference refers to nothing.
    bool null() const;

    friend bool operator==(const Reference&, const Reference&) = default;
};

/// \name Making references
/// A region reference takes the selection of a dataspace.
///@{
Reference create_object(Id location, const std::string& name);
Reference create_region(Id location, const std::string& name, Id space);
///@}

/// \name Following references
/// `location` is any object in the file that the reference belongs to.
///@{
Handle dereference(const Reference& reference, Id location, Id oapl = kDefault);
/// The dataset's dataspace with the region selected.
Handle region(const Reference& reference, Id location);
h5o::Type object_type(const Reference& reference, Id location);
/// Empty when the object has no name.
std::string name(const Reference& reference, Id location);
///@}

}  // namespace hyperslab::hdf5::h5r
