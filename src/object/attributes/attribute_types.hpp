// An attribute that is open, and its type in the file and in memory.
//
// Making a type of HDF5's costs more than reading an attribute. So the types met last are kept, for
// those that can be compared with one that is kept: without references into the file. To ask for a
// type costs as much as reading, too: what is known of the attributes that were read twice is kept,
// as long as no attribute anywhere was removed or replaced (name_removals.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/object.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::object {

struct AttributeTypes {
    Datatype stored;
    std::size_t axes;  ///< the number of containers that are axes (containers.hpp)
    Datatype element;  ///< in memory
    hdf5::Handle memory;
};

/// What is known of an attribute. Read and completed under the library lock.
struct KnownAttribute {
    hdf5::Id owner = hdf5::kInvalidId;
    std::string name;
    std::uint64_t removals = 0;  ///< when it was opened
    std::uint64_t bytes = 0;     ///< in the file
    std::optional<bool> one_element;
    bool has_shape = false;      ///< the next two are known
    std::optional<Shape> shape;  ///< none of a null attribute
    const detail::ElementCodec* codec = nullptr;
    std::shared_ptr<const AttributeTypes> types;  ///< for that codec
};

/// Used under the library lock. The owner and the name have to live as long.
class OpenAttribute {
public:
    /// \throws Error (not_found), (closed), (invalid_argument)
    OpenAttribute(const Object& owner, const std::string& name);

    const Object& owner() const { return owner_; }
    const std::string& name() const { return name_; }
    const hdf5::Handle& handle() const { return attribute_; }
    const hdf5::Handle& stored_type() const;

    /// \throws Error (not_found) for a member of a record that is not there
    std::shared_ptr<const AttributeTypes> types(const detail::ElementCodec& codec) const;

    bool is_null() const;
    /// The shape, which is () for a scalar and for a null attribute.
    Shape shape() const;
    /// \throws Error (invalid_argument) for a null attribute
    Shape readable_shape() const;
    /// Whether it has one element; sooner known than the shape.
    bool is_one_element() const;

private:
    const std::optional<Shape>& known_shape() const;

    const Object& owner_;
    const std::string& name_;
    hdf5::Handle attribute_;
    mutable hdf5::Handle type_;  // when it has been asked for
    std::shared_ptr<KnownAttribute> known_;
};

}  // namespace hyperslab::object
