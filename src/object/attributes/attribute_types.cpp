#include "object/attributes/attribute_types.hpp"

#include <array>

#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "object/attributes/attribute_io.hpp"
#include "object/elements/containers.hpp"
#include "object/elements/memory_type.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab::object {
namespace {

namespace h5a = hdf5::h5a;
namespace h5s = hdf5::h5s;
namespace h5t = hdf5::h5t;

/// What was found out for a codec and a stored type.
struct Kept {
    const detail::ElementCodec* codec = nullptr;
    hdf5::Handle stored;  // made for this, so that no file is held
    std::shared_ptr<const AttributeTypes> types;
};

struct KeptTypes {
    std::array<Kept, 16> kept;
    std::size_t next = 0;
};

// Under the library lock; never destroyed, as libhdf5 is not.
KeptTypes* kept_types = nullptr;

bool is_variable_string(hdf5::Id type) {
    return h5t::type_class(type) == h5t::Class::string && h5t::is_variable_string(type);
}

// libhdf5 calls strings in a file other ones than those in memory.
bool is_same(hdf5::Id kept, hdf5::Id stored) {
    if (h5t::equal(kept, stored)) {
        return true;
    }
    return is_variable_string(stored) && is_variable_string(kept) &&
           h5t::character_set(kept) == h5t::character_set(stored) &&
           h5t::string_pad(kept) == h5t::string_pad(stored);
}

std::shared_ptr<const AttributeTypes> make_types(const detail::ElementCodec& codec,
                                                 hdf5::Id stored_type) {
    Datatype stored = hdf5::describe_type(stored_type);
    const std::size_t axes = container_axes(codec, stored);
    Datatype element = memory_type(inside(codec, axes), stored);
    hdf5::Handle memory = hdf5::make_type(element);
    return std::make_shared<const AttributeTypes>(
        AttributeTypes{std::move(stored), axes, std::move(element), std::move(memory)});
}

}  // namespace

OpenAttribute::OpenAttribute(const Object& owner, const std::string& name)
    : owner_(owner), name_(name) {
    const hdf5::Id id = id_of(owner);
    attribute_ = h5a::open_if_there(id, name);
    if (!attribute_) {
        attribute_ = open_attribute(owner, name);  // or says why not
    }
    type_ = h5a::type(attribute_.id());
}

std::shared_ptr<const AttributeTypes> OpenAttribute::types(
    const detail::ElementCodec& codec) const {
    if (kept_types == nullptr) {
        kept_types = new KeptTypes;
    }
    for (const Kept& kept : kept_types->kept) {
        if (kept.codec == &codec && is_same(kept.stored.id(), type_.id())) {
            return kept.types;
        }
    }
    auto types = naming_attribute(owner_, name_, [&] { return make_types(codec, type_.id()); });
    hdf5::Handle stored = hdf5::make_type(types->stored);
    if (is_same(stored.id(), type_.id())) {
        Kept& kept = kept_types->kept.at(kept_types->next++ % kept_types->kept.size());
        kept = {&codec, std::move(stored), types};
    }
    return types;
}

bool OpenAttribute::is_null() const {
    return h5s::extent_class(h5a::space(attribute_.id()).id()) == h5s::ExtentClass::null;
}

Shape OpenAttribute::shape() const {
    const hdf5::Handle space = h5a::space(attribute_.id());
    return h5s::extent_class(space.id()) == h5s::ExtentClass::simple ? h5s::dims(space.id())
                                                                     : Shape{};
}

Shape OpenAttribute::readable_shape() const {
    const hdf5::Handle space = h5a::space(attribute_.id());
    switch (h5s::extent_class(space.id())) {
        case h5s::ExtentClass::null:
            throw_for(owner_, name_, "has no value: it is null");
        case h5s::ExtentClass::simple:
            return h5s::dims(space.id());
        default:
            return {};
    }
}

bool OpenAttribute::is_one_element() const {
    return h5a::stored_bytes(attribute_.id()) == h5t::size(type_.id());
}

}  // namespace hyperslab::object
