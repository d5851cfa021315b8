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

namespace hyperslab::object {

/// The order in which the members of a group are listed: of creation where the group keeps it.
hdf5::Iteration listing_order(hdf5::Id group);

/// A group creation property list; the default when the options ask for nothing.
hdf5::Handle group_creation_plist(const GroupOptions& options);

/// Whether every value of a type can be stored as another one, as NumPy's "safe" casting has it.
bool can_hold(const Datatype& stored, const Datatype& values);

/// What an existing link says of itself.
Link link_at(hdf5::Id group, const std::string& path);

/// Makes something under a name; when that fails because the name is taken, the error's code says
/// so (libhdf5 has a number of its own for each kind of object).
template <class Function>
auto creating(Function&& function) -> std::invoke_result_t<Function> {
    try {
        return function();
    } catch (const Error& error) {
        const std::string message = error.what();
        if (message.find("already exists") != std::string::npos) {
            throw Error(ErrorCode::already_exists, message);
        }
        throw;
    }
}

/// Does something with what lies at a path; when that fails because nothing does, the error says
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
