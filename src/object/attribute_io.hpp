// Opening, replacing, reading and writing attributes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/object.hpp"
#include "object/element_buffer.hpp"
#include "object/stored_elements.hpp"

namespace hyperslab::object {

/// \throws Error (not_found) when there is no such attribute; names attribute, object and file
void require_attribute(const Object& owner, const std::string& name);

/// \throws Error as require_attribute
hdf5::Handle open_attribute(const Object& owner, const std::string& name);

/// Throws Error (invalid_argument): "The attribute 'name' of ... <what>".
[[noreturn]] void throw_for(const Object& owner, const std::string& name, const std::string& what);

/// Makes an attribute and lets `write` fill it. One of that name that is there already stays until
/// the new one has been written, and for good when that fails.
void replace_attribute(hdf5::Id owner,
                       const std::string& name,
                       hdf5::Id type,
                       hdf5::Id space,
                       const std::function<void(hdf5::Id attribute)>& write);

/// Writes all elements of an attribute of that type and shape.
/// \param elements  of the source
/// \throws Error (invalid_argument) when there are not as many
void write_attribute(hdf5::Id attribute,
                     const Datatype& stored,
                     const Shape& shape,
                     const detail::ConstArrayRef& source,
                     const StoredElements& elements);

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
