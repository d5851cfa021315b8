// Opening, replacing, reading and writing attributes.
#pragma once

#include <cstdint>
#include <functional>
#include <new>
#include <span>
#include <string>
#include <type_traits>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/object.hpp"
#include "object/elements/element_buffer.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/prepared_elements.hpp"

namespace hyperslab::object {

/// \throws Error (invalid_argument) for an empty name, which no attribute can have
void require_attribute_name(const std::string& name);
/// \throws Error as require_attribute_name
bool has_attribute(hdf5::Id owner, const std::string& name);

/// \throws Error (not_found) when there is no such attribute; the message names attribute, object
///     and file
void require_attribute(const Object& owner, const std::string& name);

/// \throws Error as require_attribute
hdf5::Handle open_attribute(const Object& owner, const std::string& name);

/// The error that a caller gets for one that was thrown while something was asked of an attribute.
Error named_attribute(const Object& owner, const std::string& name, const Error& error);

/// Throws Error (invalid_argument): "The attribute 'name' of ... <what>".
[[noreturn]] void throw_for(const Object& owner, const std::string& name, const std::string& what);

/// Does something with an attribute, and lets an error name it and its object.
template <class Function>
auto naming_attribute(const Object& owner, const std::string& name, Function&& function)
    -> std::invoke_result_t<Function> {
    try {
        return function();
    } catch (const Error& error) {
        throw named_attribute(owner, name, error);
    } catch (const std::bad_alloc&) {
        throw out_of_memory(Access::state(owner));
    }
}

/// An attribute that is to be made and filled.
struct NewAttribute {
    std::string name;
    hdf5::Id type;
    hdf5::Id space;
    std::function<void(hdf5::Id attribute)> write;
};

/// Makes an attribute and fills it. One of that name that is there already stays until the new one
/// has been written, and for good when that fails.
void replace_attribute(hdf5::Id owner, const NewAttribute& attribute);

/// Makes and fills attributes with different names. The old attributes stay until all of the new
/// ones have been written, and for good when one cannot be.
void replace_attributes(hdf5::Id owner, std::span<const NewAttribute> attributes);

/// Writes all elements of an attribute of a type and shape.
/// \throws Error (invalid_argument) when the number of elements differs
void write_attribute(hdf5::Id attribute,
                     hdf5::Id stored_type,
                     const Shape& shape,
                     const PreparedElements& prepared);

/// The elements of an attribute in libhdf5's own memory; freed when this dies.
class AttributeElements {
public:
    AttributeElements(const hdf5::Handle& attribute, hdf5::Handle memory_type, std::uint64_t count);
    AttributeElements(const AttributeElements&) = delete;
    AttributeElements& operator=(const AttributeElements&) = delete;
    ~AttributeElements();

    const std::byte* data() const { return buffer_.data(); }

private:
    hdf5::Handle memory_type_;
    std::uint64_t count_;
    ElementBuffer buffer_;
};

}  // namespace hyperslab::object
