// An attribute that is open, and its type in the file and in memory.
//
// Making a type of HDF5's costs more than reading an attribute. So the types met last are kept, for
// those that can be compared with one that is kept: without references into the file.
#pragma once

#include <memory>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/object.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::object {

struct AttributeTypes {
    Datatype stored;
    std::size_t axes;  ///< of the codec's containers (containers.hpp)
    Datatype element;  ///< in memory
    hdf5::Handle memory;
};

/// Used under the library lock. The owner and the name have to live as long.
class OpenAttribute {
public:
    /// \throws Error (not_found), (closed), (invalid_argument)
    OpenAttribute(const Object& owner, const std::string& name);

    const Object& owner() const { return owner_; }
    const std::string& name() const { return name_; }
    const hdf5::Handle& handle() const { return attribute_; }
    const hdf5::Handle& stored_type() const { return type_; }

    /// \throws Error (not_found) for a member of a record that is not there
    std::shared_ptr<const AttributeTypes> types(const detail::ElementCodec& codec) const;

    bool is_null() const;
    /// Of a scalar, and of a null attribute, ().
    Shape shape() const;
    /// \throws Error (invalid_argument) for a null attribute
    Shape readable_shape() const;
    /// Whether it has one element; sooner known than the shape.
    bool is_one_element() const;

private:
    const Object& owner_;
    const std::string& name_;
    hdf5::Handle attribute_;
    hdf5::Handle type_;
};

}  // namespace hyperslab::object
