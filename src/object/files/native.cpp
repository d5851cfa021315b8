#include "hyperslab/native.hpp"

#include <string>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/closings.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "hdf5/startup/c_symbols.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "object/files/file_access.hpp"
#include "object/groups/group_functions.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab::native {
namespace {

namespace h5i = hdf5::h5i;
using object::Access;

// It is not known what the calls did to datasets, so everything that is remembered of them is
// stale.
void count_everything() {
    hdf5::count_data_change();
    hdf5::count_extent_change();
    hdf5::count_closing();
}

OwnedId owned(hdf5::Handle handle) { return OwnedId(handle.release()); }

[[noreturn]] void throw_no_list(const Object& object, const char* what) {
    throw Error(
        ErrorCode::invalid_argument,
        "There is no " + std::string(what) + " list of the " + Access::state(object).description());
}

bool is_open_object(Id id) {
    const h5i::Type type = h5i::valid(id) ? h5i::type(id) : h5i::Type::bad;
    return type == h5i::Type::file || type == h5i::Type::group || type == h5i::Type::dataset ||
           type == h5i::Type::datatype;
}

}  // namespace

Lock::Lock() {
    hdf5::library_lock().acquire();
    count_everything();
}

Lock::~Lock() {
    count_everything();
    hdf5::library_lock().release();
}

void* symbol(const char* name) {
    void* const found = hdf5::find_c_symbol(name);
    if (found == nullptr) {
        throw Error(
            ErrorCode::not_found,
            "HDF5 " + hdf5_version() + " has no function or variable '" + std::string(name) + "'");
    }
    return found;
}

OwnedId::~OwnedId() { hdf5::Handle(valid() ? id_ : hdf5::kInvalidId).drop(); }

Id id(const Object& object) { return object::id_of(object); }

OwnedId type_id(const Datatype& type) { return owned(hdf5::make_type(type)); }

OwnedId creation_list(const Object& object) {
    const hdf5::LockGuard guard;
    const Id of = id(object);
    switch (h5i::type(of)) {
        case h5i::Type::file:
            return owned(hdf5::h5f::create_plist(of));
        case h5i::Type::group:
            return owned(hdf5::h5g::create_plist(of));
        case h5i::Type::dataset:
            return owned(hdf5::h5d::create_plist(of));
        case h5i::Type::datatype:
            return owned(hdf5::h5t::create_plist(of));
        default:
            throw_no_list(object, "creation");
    }
}

OwnedId access_list(const Object& object) {
    const hdf5::LockGuard guard;
    const Id of = id(object);
    switch (h5i::type(of)) {
        case h5i::Type::file:
            return owned(hdf5::h5f::access_plist(of));
        case h5i::Type::dataset:
            return owned(hdf5::h5d::access_plist(of));
        default:
            throw_no_list(object, "access");
    }
}

Object adopt(OwnedId id) {
    const hdf5::LockGuard guard;
    if (!is_open_object(id.id())) {
        throw Error(ErrorCode::invalid_argument,
                    "The identifier " + std::to_string(id.id()) +
                        " names no file, group, dataset or committed datatype");
    }
    return object::make_object(hdf5::Handle(id.release()));
}

Datatype describe(Id type) {
    const hdf5::LockGuard guard;
    if (!h5i::valid(type) || h5i::type(type) != h5i::Type::datatype) {
        throw Error(ErrorCode::invalid_argument,
                    "The identifier " + std::to_string(type) + " names no datatype");
    }
    return hdf5::describe_type(type);
}

File open_file(const std::string& path, Mode mode, Id access_list, Id creation_list) {
    const hdf5::LockGuard guard;
    hdf5::Handle file =
        object::open_file(path, mode, std::nullopt, access_list, creation_list, false);
    return Access::make<File>(std::make_shared<object::ObjectState>(
        std::move(file), ObjectKind::group, "/", std::make_shared<const std::string>(path)));
}

Group create_group(const Group& parent, const std::string& path, Id creation_list) {
    const object::ObjectState& state = Access::state(parent);
    return object::creating(state, [&] {
        return object::make_object(
            hdf5::h5g::create(state.id(), path, object::link_plist(path), creation_list),
            state,
            path);
    });
}

Dataset create_dataset(const Group& parent,
                       const std::string& path,
                       const Datatype& type,
                       const Shape& shape,
                       Id creation_list,
                       Id access_list) {
    const hdf5::LockGuard guard;
    const object::ObjectState& state = Access::state(parent);
    const hdf5::Handle made = hdf5::make_type(type);
    object::NewDataset dataset{state.id(), {}, made.id(), shape};
    if (!path.empty()) {
        dataset.name = path;
    }
    return object::creating(state, [&] {
        return Dataset(object::make_object(
            object::create_dataset(dataset, {}, creation_list, access_list), state, path));
    });
}

Dataset open_dataset(const Group& parent, const std::string& path, Id access_list) {
    const hdf5::LockGuard guard;
    const object::ObjectState& state = Access::state(parent);
    return object::finding(state.id(), path, [&] {
        return Dataset(object::make_object(
            object::open_dataset(state.id(), path, {}, access_list), state, path));
    });
}

}  // namespace hyperslab::native
