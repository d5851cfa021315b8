#include "hyperslab/attribute.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "object/attributes/attribute_io.hpp"
#include "object/attributes/attribute_types.hpp"
#include "object/elements/array_walk.hpp"
#include "object/elements/containers.hpp"
#include "object/elements/element_storage.hpp"
#include "object/elements/memory_type.hpp"
#include "object/elements/stored_elements.hpp"
#include "object/handles/object_state.hpp"
#include "object/handles/prepared_elements.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab {

namespace h5a = hdf5::h5a;
namespace h5s = hdf5::h5s;
using hdf5::Handle;
using object::Access;
using object::AttributeElements;
using object::AttributeTypes;
using object::id_of;
using object::OpenAttribute;

namespace {

Shape in_containers(const Object& owner,
                    const std::string& name,
                    const Shape& shape,
                    const detail::ElementCodec& codec,
                    std::size_t axes) {
    if (axes == 0) {
        return shape;
    }
    return object::naming_attribute(
        owner, name, [&] { return object::shape_in_containers(shape, codec, axes); });
}

enum class Way { read, write };

// Which type is stored is asked only when it fails: that costs as much as reading.
template <class Function>
void converting(const OpenAttribute& open,
                const AttributeTypes& types,
                Way way,
                Function&& function) {
    object::naming_attribute(open.owner(), open.name(), [&] {
        try {
            function();
        } catch (const Error&) {
            const hdf5::Id stored = open.stored_type().id();
            const hdf5::Id memory = types.memory.id();
            object::converting(way == Way::read ? stored : memory,
                               way == Way::read ? memory : stored,
                               [] { throw; });
        }
    });
}

// Reads straight into the caller's memory. Returns false when that memory is not as libhdf5 needs
// it. The caller holds the lock.
bool read_directly(const OpenAttribute& open,
                   const AttributeTypes& types,
                   const Shape& shape,
                   const detail::ArrayRef& target) {
    const auto flat = object::flattened(target, types.axes);
    if (!flat || !flat->codec->plain || !object::is_contiguous(*flat)) {
        return false;
    }
    if (element_count(shape) != 0) {
        converting(open, types, Way::read, [&] {
            h5a::read(open.handle().id(), types.memory.id(), flat->data);
        });
    }
    return true;
}

// Fetches elements under the lock. They become the caller's objects when the lock has been
// released.
std::unique_ptr<AttributeElements> fetch(const OpenAttribute& open,
                                         const AttributeTypes& types,
                                         const Shape& shape) {
    std::unique_ptr<AttributeElements> fetched;
    converting(open, types, Way::read, [&] {
        fetched =
            std::make_unique<AttributeElements>(open.handle(), types.memory, element_count(shape));
    });
    return fetched;
}

void load(const AttributeElements& elements,
          const AttributeTypes& types,
          const Shape& shape,
          const detail::ArrayRef& target) {
    if (const auto flat = object::flattened(target, types.axes)) {
        object::load_elements(elements.data(), types.element, *flat);
        return;
    }
    const std::span lengths = std::span(shape).last(types.axes);
    object::load_elements(elements.data(), object::container_type(types.element, lengths), target);
}

// In the place of one of that name, if there is one.
void put(const Object& owner,
         const std::string& name,
         hdf5::Id type,
         hdf5::Id space,
         const std::function<void(hdf5::Id attribute)>& write) {
    const object::ObjectState& state = Access::state(owner);
    object::require_attribute_name(name);
    object::naming_attribute(owner, name, [&] {
        object::changing(
            state, [&] { object::replace_attribute(state.id(), {name, type, space, write}); });
    });
}

// Whether no code of the caller runs when elements are converted.
bool is_plain(const detail::ElementCodec& codec) {
    return object::inside(codec, codec.depth).plain;
}

}  // namespace

bool Attribute::exists() const { return object::has_attribute(id_of(owner_), name_); }

bool Attribute::has_value() const {
    const hdf5::LockGuard guard;
    return exists() && !is_null();
}

Datatype Attribute::datatype() const {
    const hdf5::LockGuard guard;
    return hdf5::describe_type(OpenAttribute(owner_, name_).stored_type().id());
}

Shape Attribute::shape() const {
    const hdf5::LockGuard guard;
    return OpenAttribute(owner_, name_).shape();
}

bool Attribute::is_null() const {
    const hdf5::LockGuard guard;
    return OpenAttribute(owner_, name_).is_null();
}

void Attribute::read_one(const detail::ArrayRef& target) const {
    std::unique_ptr<AttributeElements> elements;
    std::shared_ptr<const AttributeTypes> types;
    Shape shape;
    detail::ArrayRef one = target;
    {
        const hdf5::LockGuard guard;
        const OpenAttribute open(owner_, name_);
        types = open.types(*target.codec);
        if (types->axes != 0 || !open.is_one_element()) {
            shape = open.readable_shape();
        }
        one.shape = in_containers(owner_, name_, shape, *target.codec, types->axes);
        if (const std::uint64_t count = element_count(one.shape); count != 1) {
            object::throw_for(owner_,
                              name_,
                              "has " + std::to_string(count) + " elements where one was asked for");
        }
        if (read_directly(open, *types, shape, one)) {
            return;
        }
        elements = fetch(open, *types, shape);
    }
    load(*elements, *types, shape, one);
}

// An attribute that is open stays as it was, whatever others put in its place while memory is
// allocated; but for what lies elsewhere in the file, which is fetched before.
void Attribute::read_whole(const detail::ElementCodec& codec, const Allocate& allocate) const {
    std::unique_ptr<AttributeElements> elements;
    std::optional<OpenAttribute> open;
    std::shared_ptr<const AttributeTypes> types;
    Shape shape;
    Shape outer;
    {
        const hdf5::LockGuard guard;
        open.emplace(owner_, name_);
        types = open->types(codec);
        shape = open->readable_shape();
        outer = in_containers(owner_, name_, shape, codec, types->axes);
        if (!is_plain(codec)) {
            elements = fetch(*open, *types, shape);
        }
    }
    const detail::ArrayRef target = allocate(outer);
    if (elements == nullptr) {
        const hdf5::LockGuard guard;
        if (read_directly(*open, *types, shape, target)) {
            return;
        }
        elements = fetch(*open, *types, shape);
    }
    load(*elements, *types, shape, target);
}

ElementArray Attribute::read_elements() const {
    const hdf5::LockGuard guard;
    const OpenAttribute open(owner_, name_);
    const Datatype type = object::native_type(hdf5::describe_type(open.stored_type().id()));
    const auto storage = std::make_shared<detail::ElementStorage>(type, open.readable_shape());
    if (storage->count() != 0) {
        Handle memory_type = hdf5::make_type(type);
        h5a::read(open.handle().id(), memory_type.id(), storage->buffer().data());
        if (type.has_variable_length() || object::has_standard_reference(type)) {
            storage->own(std::move(memory_type));
        }
    }
    return ElementArray(storage);
}

const Attribute& Attribute::operator=(const Empty& empty) const {
    const hdf5::LockGuard guard;
    const Handle type = hdf5::make_type(empty.type);
    const Handle space = h5s::create(h5s::ExtentClass::null);
    put(owner_, name_, type.id(), space.id(), [](hdf5::Id) {});
    return *this;
}

void Attribute::create(const Datatype& type, const Shape& shape) const {
    const hdf5::LockGuard guard;
    const Handle stored = hdf5::make_type(type);
    const Handle space = h5s::create_simple(shape);
    put(owner_, name_, stored.id(), space.id(), [](hdf5::Id) {});
}

// An attribute of the same type and shape gets the new value in place, where that can be done in
// one step.
void Attribute::replace(const detail::ConstArrayRef& source) const {
    const object::ArrayForm form = object::form_of(source);
    if (!is_plain(*source.codec)) {
        create(form.type, form.shape, source);
        return;
    }
    const hdf5::LockGuard guard;
    if (object::has_attribute(id_of(owner_), name_)) {
        const OpenAttribute open(owner_, name_);
        const bool committed = hdf5::h5t::committed(open.stored_type().id());
        if (!committed && open.types(*source.codec)->stored == form.type && !open.is_null() &&
            open.shape() == form.shape) {
            write_into(open, source);
            return;
        }
    }
    create(form.type, form.shape, source);
}

// The caller's objects are converted before the lock is taken.

void Attributes::replace_all(const detail::EachNamedSource& each) const {
    struct Value {
        Shape shape;
        Handle type;
        Handle space;
        std::unique_ptr<const object::PreparedElements> elements;
    };
    std::vector<Value> values;
    std::vector<object::NewAttribute> made;
    each([&](const std::string& name, const detail::ConstArrayRef& source) {
        object::require_attribute_name(name);
        const object::ArrayForm form = object::form_of(source);
        std::unique_ptr<const object::PreparedElements> elements(
            new object::PreparedElements(object::naming_attribute(
                owner_, name, [&] { return object::prepare(form.type, source); })));
        values.push_back({form.shape,
                          hdf5::make_type(form.type),
                          h5s::create_simple(form.shape),
                          std::move(elements)});
        made.push_back({name, values.back().type.id(), values.back().space.id(), {}});
    });
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i].write = [&value = values[i]](hdf5::Id attribute) {
            object::write_attribute(attribute, value.type.id(), value.shape, *value.elements);
        };
    }
    const hdf5::LockGuard guard;
    const object::ObjectState& state = Access::state(owner_);
    object::naming(state, [&] {
        object::changing(state, [&] { object::replace_attributes(state.id(), made); });
    });
}

void Attribute::create(const Datatype& type,
                       const Shape& shape,
                       const detail::ConstArrayRef& source) const {
    const object::PreparedElements prepared =
        object::naming_attribute(owner_, name_, [&] { return object::prepare(type, source); });
    const hdf5::LockGuard guard;
    const Handle stored = hdf5::make_type(type);
    const Handle space = h5s::create_simple(shape);
    put(owner_, name_, stored.id(), space.id(), [&](hdf5::Id attribute) {
        object::write_attribute(attribute, stored.id(), shape, prepared);
    });
}

void Attribute::write(const detail::ConstArrayRef& source) const {
    if (is_plain(*source.codec)) {
        const hdf5::LockGuard guard;
        write_into(OpenAttribute(owner_, name_), source);
        return;
    }
    for (;;) {  // until the type has not changed meanwhile
        const Datatype stored = datatype();
        const object::PreparedElements prepared = object::naming_attribute(
            owner_, name_, [&] { return object::prepare(stored, source); });
        const hdf5::LockGuard guard;
        const OpenAttribute open(owner_, name_);
        if (hdf5::describe_type(open.stored_type().id()) == stored) {
            write_prepared(open, prepared);
            return;
        }
    }
}

void Attribute::write_prepared(const OpenAttribute& open,
                               const object::PreparedElements& prepared) const {
    object::naming_attribute(owner_, name_, [&] {
        object::changing(Access::state(owner_), [&] {
            object::write_attribute(
                open.handle().id(), open.stored_type().id(), open.readable_shape(), prepared);
        });
    });
}

void Attribute::write_into(const OpenAttribute& open, const detail::ConstArrayRef& source) const {
    const auto types = open.types(*source.codec);
    const bool one = types->axes == 0 && source.codec->plain && source.shape.empty();
    if (!one || !open.is_one_element()) {
        write_prepared(open, object::naming_attribute(owner_, name_, [&] {
                           return object::prepare(types->stored, source);
                       }));
        return;
    }
    object::changing(Access::state(owner_), [&] {
        converting(open, *types, Way::write, [&] {
            h5a::write(open.handle().id(), types->memory.id(), source.data);
        });
    });
}

}  // namespace hyperslab
