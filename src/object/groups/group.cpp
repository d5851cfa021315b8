// Groups as maps: what is in them.

#include "hyperslab/group.hpp"

#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/file.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "object/groups/group_functions.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

namespace h5l = hdf5::h5l;
using object::Access;
using object::id_of;

namespace object {

hdf5::Iteration listing_order(hdf5::Id group) {
    return {.index = hdf5::h5g::tracks_creation_order(group) ? hdf5::IndexType::creation_order
                                                             : hdf5::IndexType::name};
}

}  // namespace object

std::size_t Group::size() const {
    return static_cast<std::size_t>(hdf5::h5g::link_count(id_of(*this)));
}

std::vector<std::string> Group::names() const {
    const hdf5::LockGuard guard;
    const hdf5::Id id = id_of(*this);
    return h5l::names(id, object::listing_order(id));
}

bool Group::contains(const std::string& path) const { return h5l::path_valid(id_of(*this), path); }

Object Group::operator[](const std::string& path) const {
    const object::ObjectState& state = Access::state(*this);
    return object::finding(state.id(), path, [&] {
        return object::make_object(hdf5::h5o::open(state.id(), path), state, path);
    });
}

Object Group::find(const std::string& path) const {
    const hdf5::LockGuard guard;
    if (!contains(path)) {
        return {};
    }
    try {
        return (*this)[path];
    } catch (const Error&) {
        // A link that leads nowhere is an answer; an object that cannot be read is not.
        if (std::holds_alternative<HardLink>(link(path))) {
            throw;
        }
        return {};
    }
}

Group Group::group(const std::string& path) const { return (*this)[path]; }

Dataset Group::dataset(const std::string& path) const { return (*this)[path]; }

Dataset Group::dataset(const std::string& path, const DatasetOptions& access) const {
    const hdf5::LockGuard guard;
    const Dataset found = dataset(path);  // throws when it is no dataset
    const object::ObjectState& state = Access::state(*this);
    return object::make_object(object::open_dataset(state.id(), path, access), state, path);
}

CommittedDatatype Group::datatype(const std::string& path) const { return (*this)[path]; }

Group::Iterator Group::begin() const {
    Iterator begin;
    begin.group_ = *this;
    begin.names_ = std::make_shared<const std::vector<std::string>>(names());
    return begin;
}

Group::Iterator::value_type Group::Iterator::operator*() const {
    const std::string& name = (*names_)[position_];
    return {name, group_.find(name)};
}

Datatype CommittedDatatype::datatype() const { return hdf5::describe_type(id_of(*this)); }

}  // namespace hyperslab
