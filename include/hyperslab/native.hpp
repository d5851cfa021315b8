// The way to HDF5's own C functions, for programs that need what hyperslab lacks.
//
//     namespace native = hyperslab::native;
//
//     const native::Lock lock;
//     const auto get_times = native::function<int(native::Id, bool*)>("H5Pget_obj_track_times");
//     const native::OwnedId plist = native::creation_list(dataset);
//     bool tracked = false;
//     get_times(plist.id(), &tracked);
//
// hyperslab has an HDF5 of its own and exports none of its functions, so that any other HDF5 may be
// in the program. They are found by name here. A function that the program was linked with belongs
// to another HDF5, which does not know hyperslab's identifiers.
//
// No header of HDF5 is needed: an identifier (hid_t) is a std::int64_t, a size (hsize_t) a
// std::uint64_t, a status (herr_t) an int. A program that includes HDF5's headers nevertheless
// takes those of the version hdf5_version():
// `native::function<decltype(H5Dget_offset)>("H5Dget_offset")`.
//
// hyperslab.hpp does not include this header.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

#include "hyperslab/dataset.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/file.hpp"
#include "hyperslab/group.hpp"
#include "hyperslab/object.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::native {

/// An identifier of HDF5 (hid_t).
using Id = std::int64_t;

/// The default of property lists (H5P_DEFAULT).
inline constexpr Id kDefault = 0;

/// While it lives, no other thread calls HDF5 through hyperslab. Needed around every call of a C
/// function; afterwards hyperslab looks anew at what the calls may have changed.
class Lock {
public:
    Lock();
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
};

/// \name Functions and variables
///@{
/// The address of a function or variable of HDF5, such as "H5Dget_offset" or "H5T_NATIVE_INT_g".
/// \throws Error (not_found) when the HDF5 inside lacks that name
void* symbol(const char* name);

/// A function of that type.
/// \throws Error (not_found)
template <class Function>
    requires std::is_function_v<Function>
Function* function(const char* name) {
    return reinterpret_cast<Function*>(symbol(name));
}
///@}

/// An identifier that belongs to its holder, and is given up with it.
class OwnedId {
public:
    OwnedId() = default;
    /// Takes over an identifier that a C function has made.
    explicit OwnedId(Id id) : id_(id) {}
    OwnedId(OwnedId&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
    OwnedId& operator=(OwnedId&& other) noexcept {
        std::swap(id_, other.id_);
        return *this;
    }
    ~OwnedId();

    Id id() const { return id_; }
    bool valid() const { return id_ > 0; }
    /// Returns the identifier, which the caller has to close.
    Id release() { return std::exchange(id_, -1); }

private:
    Id id_ = -1;
};

/// \name From hyperslab to HDF5
///@{
/// The identifier of a file, group, dataset or committed datatype; lent while the handle lives.
/// \throws Error (closed)
Id id(const Object& object);
/// A datatype made for the caller.
OwnedId type_id(const Datatype& type);
/// The property list with which an object was created, or opened. The caller owns it.
/// \throws Error (invalid_argument) for an object that has none; only files and datasets have
///     access lists
OwnedId creation_list(const Object& object);
OwnedId access_list(const Object& object);
///@}

/// \name From HDF5 to hyperslab
///@{
/// The object of an identifier, which is taken over.
/// \throws Error (invalid_argument) for an identifier of something else
Object adopt(OwnedId id);
/// The description of a datatype.
Datatype describe(Id type);
///@}

/// \name With property lists These do what the member functions of their names do, with property
///     lists in place of options; kDefault means no list.
///@{
File open_file(const std::string& path, Mode mode, Id access_list, Id creation_list = kDefault);
Group create_group(const Group& parent, const std::string& path, Id creation_list);
Dataset create_dataset(const Group& parent,
                       const std::string& path,
                       const Datatype& type,
                       const Shape& shape,
                       Id creation_list,
                       Id access_list = kDefault);
Dataset open_dataset(const Group& parent, const std::string& path, Id access_list);
///@}

}  // namespace hyperslab::native
