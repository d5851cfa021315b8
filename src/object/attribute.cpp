#include "hyperslab/attribute.hpp"

#include "hdf5/h5a.hpp"
#include "hdf5/h5s.hpp"
#include "hdf5/lock.hpp"
#include "hdf5/type_translation.hpp"
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

bool Attribute::exists() const { return h5a::exists(id_of(owner_), name_); }

Datatype Attribute::datatype() const {
    const hdf5::LockGuard guard;
    const Handle attribute = object::open_attribute(owner_, name_);
    return hdf5::describe_type(h5a::type(attribute.id()).id());
}

Shape Attribute::shape() const {
    const hdf5::LockGuard guard;
    const Handle space = h5a::space(object::open_attribute(owner_, name_).id());
    return h5s::extent_class(space.id()) == h5s::ExtentClass::simple ? h5s::dims(space.id())
                                                                     : Shape{};
}

bool Attribute::is_null() const {
    const hdf5::LockGuard guard;
    const Handle space = h5a::space(object::open_attribute(owner_, name_).id());
    return h5s::extent_class(space.id()) == h5s::ExtentClass::null;
}

Shape Attribute::readable_shape() const {
    const hdf5::LockGuard guard;
    if (is_null()) {
        object::throw_for(owner_, name_, "has no value: it is null");
    }
    return shape();
}

void Attribute::read_one(const detail::ArrayRef& target) const {
    const hdf5::LockGuard guard;
    const std::uint64_t count = element_count(readable_shape());
    if (count != 1) {
        object::throw_for(
            owner_, name_, "has " + std::to_string(count) + " elements where one was asked for");
    }
    read(target);
}

void Attribute::read(const detail::ArrayRef& target) const {
    const hdf5::LockGuard guard;
    const Handle attribute = object::open_attribute(owner_, name_);
    const Handle stored = h5a::type(attribute.id());
    const Datatype type = object::memory_type(target.codec->type, hdf5::describe_type(stored.id()));
    const Handle memory_type = hdf5::make_type(type);
    if (element_count(target.shape) == 0) {
        return;
    }
    if (target.codec->plain) {
        h5a::read(attribute.id(), memory_type.id(), target.data);
        return;
    }
    object::AttributeElements elements(attribute, memory_type, element_count(target.shape));
    object::load_elements(elements.data(), target);
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

void Attribute::create(const Datatype& type,
                       const Shape& shape,
                       const detail::ConstArrayRef& source) const {
    const hdf5::LockGuard guard;
    const Handle stored = hdf5::make_type(type);
    const Handle space = h5s::create_simple(shape);
    object::replace_attribute(
        id_of(owner_), name_, stored.id(), space.id(), [&](hdf5::Id attribute) {
            object::write_attribute(attribute, type, shape, source);
        });
}

void Attribute::write(const detail::ConstArrayRef& source) const {
    const hdf5::LockGuard guard;
    const Handle attribute = object::open_attribute(owner_, name_);
    const Datatype stored = hdf5::describe_type(h5a::type(attribute.id()).id());
    object::naming(Access::state(owner_), [&] {
        object::write_attribute(attribute.id(), stored, readable_shape(), source);
    });
}

}  // namespace hyperslab
