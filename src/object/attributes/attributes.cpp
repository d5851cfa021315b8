// The attributes of an object as a map.

#include "hdf5/api/h5a.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/attribute.hpp"
#include "object/attributes/attribute_io.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

namespace h5a = hdf5::h5a;
using object::id_of;

std::size_t Attributes::size() const { return static_cast<std::size_t>(h5a::count(id_of(owner_))); }

std::vector<std::string> Attributes::names() const {
    const hdf5::LockGuard guard;
    const hdf5::Id id = id_of(owner_);
    return h5a::names(id, {.index = h5a::own_order(id)});
}

bool Attributes::contains(const std::string& name) const {
    return object::has_attribute(id_of(owner_), name);
}

void Attributes::remove(const std::string& name) const {
    const hdf5::LockGuard guard;
    object::require_attribute(owner_, name);
    object::changing(object::Access::state(owner_), [&] { h5a::remove(id_of(owner_), name); });
}

void Attributes::rename(const std::string& name, const std::string& new_name) const {
    const hdf5::LockGuard guard;
    object::require_attribute(owner_, name);
    if (contains(new_name)) {
        throw Error(ErrorCode::already_exists,
                    "There is an attribute '" + new_name + "' already on the " +
                        object::Access::state(owner_).description());
    }
    object::changing(object::Access::state(owner_),
                     [&] { h5a::rename(id_of(owner_), name, new_name); });
}

Attributes::Iterator Attributes::begin() const {
    Iterator begin;
    begin.owner_ = owner_;
    begin.names_ = std::make_shared<const std::vector<std::string>>(names());
    return begin;
}

Attributes::Iterator::value_type Attributes::Iterator::operator*() const {
    const std::string& name = (*names_)[position_];
    return {name, Attributes(owner_)[name]};
}

}  // namespace hyperslab
