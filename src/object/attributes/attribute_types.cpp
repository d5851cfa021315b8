#include "object/attributes/attribute_types.hpp"

#include <array>
#include <functional>
#include <string_view>
#include <utility>

#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/changes/name_removals.hpp"
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

/// The types found for a codec and a stored type.
struct Kept {
    const detail::ElementCodec* codec = nullptr;
    hdf5::Handle stored;  // made for this, so that no file is held
    std::shared_ptr<const AttributeTypes> types;
};

/// Attributes that were opened lately, by owner and name.
struct Place {
    std::size_t opened = 0;  // hash of the one that was opened last
    std::shared_ptr<KnownAttribute> known;
};

struct KeptTypes {
    std::array<Kept, 16> kept;
    std::size_t next = 0;
    std::array<Place, 64> places;
};

// The types that are kept, used under the library lock. They are never destroyed, because libhdf5
// is not.
KeptTypes* kept_types = nullptr;

KeptTypes& all_kept() {
    if (kept_types == nullptr) {
        kept_types = new KeptTypes;
    }
    return *kept_types;
}

// What is known of an attribute, or a place for it: one that is kept when it is opened a second
// time.
std::shared_ptr<KnownAttribute> known(hdf5::Id owner,
                                      const std::string& name,
                                      std::uint64_t bytes) {
    const std::size_t hash = std::hash<std::string_view>{}(name) ^
                             (static_cast<std::size_t>(owner) * 0x9E3779B97F4A7C15U);
    auto& places = all_kept().places;
    Place& place = places[hash % places.size()];
    const std::uint64_t removals = hdf5::name_removals();
    if (place.known && place.known->owner == owner && place.known->removals == removals &&
        place.known->bytes == bytes && place.known->name == name) {
        return place.known;
    }
    auto made = std::make_shared<KnownAttribute>();
    made->owner = owner;
    made->name = name;
    made->removals = removals;
    made->bytes = bytes;
    if (std::exchange(place.opened, hash) == hash) {
        place.known = made;
    }
    return made;
}

bool is_variable_string(hdf5::Id type) {
    return h5t::type_class(type) == h5t::Class::string && h5t::is_variable_string(type);
}

// Whether two types are the same for reading. libhdf5 does not take strings in a file for equal to
// strings in memory.
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

std::shared_ptr<const AttributeTypes> types_for(const detail::ElementCodec& codec,
                                                hdf5::Id stored_type) {
    KeptTypes& all = all_kept();
    for (const Kept& kept : all.kept) {
        if (kept.codec == &codec && is_same(kept.stored.id(), stored_type)) {
            return kept.types;
        }
    }
    auto types = make_types(codec, stored_type);
    hdf5::Handle stored = hdf5::make_type(types->stored);
    if (is_same(stored.id(), stored_type)) {
        Kept& kept = all.kept.at(all.next++ % all.kept.size());
        kept = {&codec, std::move(stored), types};
    }
    return types;
}

}  // namespace

OpenAttribute::OpenAttribute(const Object& owner, const std::string& name)
    : owner_(owner), name_(name) {
    const hdf5::Id id = id_of(owner);
    attribute_ = h5a::open_if_there(id, name);
    if (!attribute_) {
        attribute_ = open_attribute(owner, name);  // or says why not
    }
    known_ = known(id, name, h5a::stored_bytes(attribute_.id()));
}

const hdf5::Handle& OpenAttribute::stored_type() const {
    if (!type_) {
        type_ = h5a::type(attribute_.id());
    }
    return type_;
}

std::shared_ptr<const AttributeTypes> OpenAttribute::types(
    const detail::ElementCodec& codec) const {
    if (known_->codec != &codec) {
        known_->types =
            naming_attribute(owner_, name_, [&] { return types_for(codec, stored_type().id()); });
        known_->codec = &codec;
    }
    return known_->types;
}

const std::optional<Shape>& OpenAttribute::known_shape() const {
    if (!known_->has_shape) {
        const hdf5::Handle space = h5a::space(attribute_.id());
        switch (h5s::extent_class(space.id())) {
            case h5s::ExtentClass::null:
                break;
            case h5s::ExtentClass::simple:
                known_->shape = h5s::dims(space.id());
                break;
            default:
                known_->shape = Shape{};
                break;
        }
        known_->has_shape = true;
    }
    return known_->shape;
}

bool OpenAttribute::is_null() const { return !known_shape(); }

Shape OpenAttribute::shape() const { return known_shape().value_or(Shape{}); }

Shape OpenAttribute::readable_shape() const {
    if (!known_shape()) {
        throw_for(owner_, name_, "has no value: it is null");
    }
    return *known_shape();
}

bool OpenAttribute::is_one_element() const {
    if (!known_->one_element) {
        known_->one_element = known_->bytes == h5t::size(stored_type().id());
    }
    return *known_->one_element;
}

}  // namespace hyperslab::object
