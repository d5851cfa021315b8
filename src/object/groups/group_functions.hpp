// What the functions of Group share.
#pragma once

#include <string>
#include <type_traits>

#include "hdf5/api/h5l.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/iteration.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/group.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab::object {

/// The order in which the members of a group are listed: of creation where the group keeps it.
hdf5::Iteration listing_order(hdf5::Id group);

/// A group creation property list for the options.
hdf5::Handle group_creation_plist(const GroupOptions& options);

/// Whether every value of a type can be stored as another one, as NumPy's "safe" casting has it.
bool can_hold(const Datatype& stored, const Datatype& values);

/// The error for one that was thrown while something was created. Its code says that the name is
/// taken, when that is the cause.
Error of_creation(const Error& error);

/// The description of an existing link.
Link link_at(hdf5::Id group, const std::string& path);

/// Creates something under a name in a group. When that fails because the name is taken, or the
/// file is open for reading only, the error's code says so (libhdf5 has a different number for each
/// kind of object).
template <class Function>
auto creating(const ObjectState& group, Function&& function) -> std::invoke_result_t<Function> {
    return naming(group, [&] {
        return changing(group, [&] {
            try {
                return function();
            } catch (const Error& error) {
                throw of_creation(error);
            }
        });
    });
}

/// Does something with the object at a path. When that fails because there is none, the error says
/// so.
template <class Function>
auto finding(hdf5::Id group, const std::string& path, Function&& function)
    -> std::invoke_result_t<Function> {
    const hdf5::LockGuard guard;
    try {
        return function();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::closed && !hdf5::h5l::path_valid(group, path)) {
            throw Error(ErrorCode::not_found, error.what());
        }
        throw;
    }
}

}  // namespace hyperslab::object
