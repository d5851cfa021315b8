// Objects: groups, datasets and committed datatypes. They have a place in a file, and attributes.
//
// An Object is a handle, like a shared pointer: copies refer to one object, const says nothing
// about the file, and the object stays open as long as a handle lives. Closing the file ends all
// handles: they are not valid any more, and their functions throw Error (closed).
//
// All functions may be called from any thread; calls into HDF5 take turns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace hyperslab {

class Attributes;
class Dataset;
class File;
class Group;
struct ObjectReference;
struct RegionReference;

namespace object {
class Access;
class ObjectState;
}  // namespace object

enum class ObjectKind { group, dataset, committed_datatype };

/// Facts of an object from its header.
struct ObjectInfo {
    std::uint64_t address = 0;     ///< in the file, in bytes
    unsigned reference_count = 0;  ///< hard links to it
    std::int64_t change_time = 0;  ///< in seconds since 1970; 0 when times are not tracked
    std::uint64_t attribute_count = 0;
};

class Object {
public:
    /// A handle of no object, which is not valid.
    Object() = default;

    /// Whether there is an object, and its file has not been closed.
    bool valid() const;
    explicit operator bool() const { return valid(); }

    ObjectKind kind() const;

    /// A path from the root group; empty when the object has no name. Source: H5Iget_name.
    std::string name() const;

    /// The file that the object lies in: another one than its group's behind an external link.
    File file() const;

    /// The group above, by the object's name.
    /// \throws Error (invalid_argument) when it has no name
    Group parent() const;

    Attributes attributes() const;

    /// Facts of the object from its header. Source: H5Oget_info3, basic fields only.
    ObjectInfo info() const;

    /// \name References, in the object's file
    ///@{
    ObjectReference reference() const;
    /// The object that a reference points to.
    /// \throws Error (invalid_argument) for a null reference
    Object dereference(const ObjectReference& reference) const;
    /// The dataset that a region reference points into; Dataset::select says which elements.
    Dataset dereference(const RegionReference& reference) const;
    ///@}

    /// Whether two handles mean one object of one file.
    friend bool operator==(const Object& a, const Object& b);

    /// A hash that is equal for handles of one object.
    std::size_t hash() const;

protected:
    friend class object::Access;

    explicit Object(std::shared_ptr<object::ObjectState> state) : state_(std::move(state)) {}
    /// \throws Error (type_mismatch) when the object is of another kind
    Object(const Object& object, ObjectKind kind);

private:
    std::shared_ptr<object::ObjectState> state_;
};

}  // namespace hyperslab

/// \cond
// Doxygen 1.9 finds no scope for it.
template <>
struct std::hash<hyperslab::Object> {
    std::size_t operator()(const hyperslab::Object& object) const { return object.hash(); }
};
/// \endcond
