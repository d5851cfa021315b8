// Making groups, datasets and committed types.

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/library_error.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/group.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "object/elements/containers.hpp"
#include "object/groups/group_functions.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

using hdf5::Handle;
using hdf5::Id;
using object::Access;
using object::id_of;
using object::ObjectState;

namespace object {

Error of_creation(const Error& error) {
    const auto* const of_library = dynamic_cast<const hdf5::LibraryError*>(&error);
    const bool taken = of_library != nullptr && of_library->name_taken();
    return taken ? Error(ErrorCode::already_exists, error.what()) : error;
}

Handle group_creation_plist(const GroupOptions& options) {
    namespace h5p = hdf5::h5p;
    Handle plist = h5p::create(h5p::ListClass::group_create);
    if (options.track_order) {
        const unsigned flags = h5p::kCreationOrderTracked | h5p::kCreationOrderIndexed;
        h5p::set_link_creation_order(plist.id(), flags);
        h5p::set_attr_creation_order(plist.id(), flags);
    }
    h5p::set_obj_track_times(plist.id(), options.track_times);
    return plist;
}

namespace {

Dataset make_dataset(const Group& group,
                     const std::string& path,
                     Id type,
                     const Shape* shape,  // null for a null dataspace
                     const DatasetOptions& options) {
    const ObjectState& state = Access::state(group);
    const hdf5::LockGuard guard;
    NewDataset made{state.id(), {}, type, {}};
    if (shape != nullptr) {
        made.shape = *shape;
    }
    if (!path.empty()) {
        made.name = path;
    }
    return creating(
        state, [&] { return Dataset(make_object(create_dataset(made, options), state, path)); });
}

std::string wrong_type(const Datatype& found, const Datatype& wanted) {
    return "(existing " + to_string(found) + " vs new " + to_string(wanted) + ")";
}

void require_match(const Dataset& found,
                   const Datatype& type,
                   const Shape& shape,
                   const DatasetOptions& options,
                   bool exact) {
    if (found.shape() != shape) {
        if (!options.max_shape) {
            throw Error(ErrorCode::type_mismatch,
                        "Shapes do not match (existing " + to_string(found.shape()) + " vs new " +
                            to_string(shape) + ")");
        }
        if (found.max_shape() != *options.max_shape) {
            throw Error(ErrorCode::type_mismatch,
                        "Max shapes do not match (existing " + to_string(found.max_shape()) +
                            " vs new " + to_string(*options.max_shape) + ")");
        }
    }
    const Datatype stored = found.datatype();
    if (exact && stored != type) {
        throw Error(ErrorCode::type_mismatch,
                    "Datatypes do not exactly match " + wrong_type(stored, type));
    }
    if (!can_hold(stored, type)) {
        throw Error(ErrorCode::type_mismatch,
                    "Datatypes cannot be safely cast " + wrong_type(stored, type));
    }
}

}  // namespace
}  // namespace object

Group Group::create_group(const std::string& path, const GroupOptions& options) const {
    const hdf5::LockGuard guard;
    const ObjectState& state = Access::state(*this);
    const Handle plist = object::group_creation_plist(options);
    return object::creating(state, [&] {
        if (path.empty()) {
            return object::make_object(
                hdf5::h5g::create_anonymous(state.id(), plist.id()), state, path);
        }
        const Id lcpl = object::link_plist(path);
        return object::make_object(
            hdf5::h5g::create(state.id(), path, lcpl, plist.id()), state, path);
    });
}

Group Group::require_group(const std::string& path) const {
    const hdf5::LockGuard guard;
    return contains(path) ? group(path) : create_group(path);
}

Dataset Group::create_dataset(const std::string& path,
                              const Datatype& type,
                              const Shape& shape,
                              const DatasetOptions& options) const {
    const Handle made = hdf5::make_type(type);
    return object::make_dataset(*this, path, made.id(), &shape, options);
}

Dataset Group::create_dataset(const std::string& path,
                              const CommittedDatatype& type,
                              const Shape& shape,
                              const DatasetOptions& options) const {
    return object::make_dataset(*this, path, id_of(type), &shape, options);
}

Dataset Group::create_dataset(const std::string& path,
                              const Empty& empty,
                              const DatasetOptions& options) const {
    const Handle made = hdf5::make_type(empty.type);
    return object::make_dataset(*this, path, made.id(), nullptr, options);
}

Dataset Group::require_dataset(const std::string& path,
                               const Datatype& type,
                               const Shape& shape,
                               const DatasetOptions& options,
                               bool exact) const {
    const hdf5::LockGuard guard;
    if (!contains(path)) {
        return create_dataset(path, type, shape, options);
    }
    const Dataset found = dataset(path, options);
    object::naming(Access::state(found),
                   [&] { object::require_match(found, type, shape, options, exact); });
    return found;
}

Dataset Group::create_dataset_like(const std::string& path, const Dataset& other) const {
    const hdf5::LockGuard guard;
    if (other.is_null()) {
        return create_dataset(path, Empty{other.datatype()}, other.options());
    }
    return create_dataset(path, other.datatype(), other.shape(), other.options());
}

CommittedDatatype Group::commit(const std::string& path, const Datatype& type) const {
    const hdf5::LockGuard guard;
    const ObjectState& state = Access::state(*this);
    Handle made = hdf5::make_type(type);
    object::creating(state, [&] {
        if (path.empty()) {
            hdf5::h5t::commit_anonymous(state.id(), made.id());
        } else {
            hdf5::h5t::commit(state.id(), path, made.id(), object::link_plist(path));
        }
    });
    return object::make_object(std::move(made), state, path);
}

}  // namespace hyperslab
