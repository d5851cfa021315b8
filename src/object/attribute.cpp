#include "hyperslab/attribute.hpp"

#include <memory>
#include <utility>

#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/type_translation.hpp"
#include "object/attribute_io.hpp"
#include "object/element_storage.hpp"
#include "object/memory_type.hpp"
#include "object/object_state.hpp"
#include "object/stored_elements.hpp"

namespace hyperslab {

namespace h5a = hdf5::h5a;
namespace h5s = hdf5::h5s;
using hdf5::Handle;
using object::Access;
using object::id_of;

namespace {

bool is_null_space(const Handle& attribute) {
    return h5s::extent_class(h5a::space(attribute.id()).id()) == h5s::ExtentClass::null;
}

// Empty of a null attribute.
Shape extent_of(const Handle& attribute) {
    const Handle space = h5a::space(attribute.id());
    return h5s::extent_class(space.id()) == h5s::ExtentClass::simple ? h5s::dims(space.id())
                                                                     : Shape{};
}

// Under the lock. What has to become the caller's objects is returned: that is not done there.
std::unique_ptr<object::AttributeElements> fetch(const Handle& attribute,
                                                 const detail::ArrayRef& target) {
    const std::uint64_t count = element_count(target.shape);
    const Datatype stored = hdf5::describe_type(h5a::type(attribute.id()).id());
    Handle type = hdf5::make_type(object::memory_type(target.codec->type, stored));
    if (count == 0) {
        return nullptr;
    }
    if (target.codec->plain) {
        h5a::read(attribute.id(), type.id(), target.data);
        return nullptr;
    }
    return std::make_unique<object::AttributeElements>(attribute, std::move(type), count);
}

void load(const std::unique_ptr<object::AttributeElements>& elements,
          const detail::ArrayRef& target) {
    if (elements != nullptr) {
        object::load_elements(elements->data(), target);
    }
}

}  // namespace

bool Attribute::exists() const { return h5a::exists(id_of(owner_), name_); }

Datatype Attribute::datatype() const {
    const hdf5::LockGuard guard;
    const Handle attribute = object::open_attribute(owner_, name_);
    return hdf5::describe_type(h5a::type(attribute.id()).id());
}

Shape Attribute::shape() const {
    const hdf5::LockGuard guard;
    return extent_of(object::open_attribute(owner_, name_));
}

bool Attribute::is_null() const {
    const hdf5::LockGuard guard;
    return is_null_space(object::open_attribute(owner_, name_));
}

Shape Attribute::readable_shape() const {
    const hdf5::LockGuard guard;
    if (is_null()) {
        object::throw_for(owner_, name_, "has no value: it is null");
    }
    return shape();
}

void Attribute::read_one(const detail::ArrayRef& target) const {
    std::unique_ptr<object::AttributeElements> elements;
    {
        const hdf5::LockGuard guard;
        const std::uint64_t count = element_count(readable_shape());
        if (count != 1) {
            object::throw_for(owner_,
                              name_,
                              "has " + std::to_string(count) + " elements where one was asked for");
        }
        elements = fetch(object::open_attribute(owner_, name_), target);
    }
    load(elements, target);
}

bool Attribute::read(const detail::ArrayRef& target) const {
    std::unique_ptr<object::AttributeElements> elements;
    {
        const hdf5::LockGuard guard;
        const Handle attribute = object::open_attribute(owner_, name_);
        if (is_null_space(attribute) || extent_of(attribute) != target.shape) {
            return false;
        }
        elements = fetch(attribute, target);
    }
    load(elements, target);
    return true;
}

ElementArray Attribute::read_elements() const {
    const hdf5::LockGuard guard;
    const Handle attribute = object::open_attribute(owner_, name_);
    const Datatype type = object::native_type(hdf5::describe_type(h5a::type(attribute.id()).id()));
    const auto storage = std::make_shared<detail::ElementStorage>(type, readable_shape());
    if (storage->count() != 0) {
        Handle memory_type = hdf5::make_type(type);
        h5a::read(attribute.id(), memory_type.id(), storage->buffer().data());
        if (type.has_variable_length()) {
            storage->own(std::move(memory_type));
        }
    }
    return ElementArray(storage);
}

const Attribute& Attribute::operator=(const Empty& empty) const {
    const hdf5::LockGuard guard;
    const Handle type = hdf5::make_type(empty.type);
    const Handle space = h5s::create(h5s::ExtentClass::null);
    object::replace_attribute(id_of(owner_), name_, type.id(), space.id(), [](hdf5::Id) {});
    return *this;
}

void Attribute::create(const Datatype& type, const Shape& shape) const {
    const hdf5::LockGuard guard;
    const Handle stored = hdf5::make_type(type);
    const Handle space = h5s::create_simple(shape);
    object::replace_attribute(id_of(owner_), name_, stored.id(), space.id(), [](hdf5::Id) {});
}

// What the caller's type makes of its objects is not made under the lock.

void Attribute::create(const Datatype& type,
                       const Shape& shape,
                       const detail::ConstArrayRef& source) const {
    const object::StoredElements elements(source);
    const hdf5::LockGuard guard;
    const Handle stored = hdf5::make_type(type);
    const Handle space = h5s::create_simple(shape);
    object::replace_attribute(
        id_of(owner_), name_, stored.id(), space.id(), [&](hdf5::Id attribute) {
            object::write_attribute(attribute, type, shape, source, elements);
        });
}

void Attribute::write(const detail::ConstArrayRef& source) const {
    const object::StoredElements elements(source);
    const hdf5::LockGuard guard;
    const Handle attribute = object::open_attribute(owner_, name_);
    const Datatype stored = hdf5::describe_type(h5a::type(attribute.id()).id());
    object::naming(Access::state(owner_), [&] {
        object::write_attribute(attribute.id(), stored, readable_shape(), source, elements);
    });
}

}  // namespace hyperslab
