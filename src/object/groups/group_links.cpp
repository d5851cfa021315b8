// Links; copying, moving and removing; walks over everything below a group.

#include <optional>
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/group.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "object/groups/group_functions.hpp"
#include "object/groups/walk.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {

namespace h5l = hdf5::h5l;
namespace h5o = hdf5::h5o;
using object::Access;
using object::id_of;

namespace object {
namespace {

Link described(hdf5::Id group, const std::string& path, const h5l::Info& info) {
    switch (info.type) {
        case h5l::Type::hard:
            return HardLink{};
        case h5l::Type::soft:
            return SoftLink{h5l::soft_value(group, path)};
        case h5l::Type::external: {
            h5l::ExternalTarget target = h5l::external_value(group, path);
            return ExternalLink{std::move(target.file), std::move(target.path)};
        }
        default:
            return UserDefinedLink{static_cast<int>(info.type)};
    }
}

unsigned copy_flags(const CopyOptions& options) {
    return (options.shallow ? h5o::kCopyShallowHierarchy : 0) |
           (options.expand_soft_links ? h5o::kCopyExpandSoftLink : 0) |
           (options.expand_external_links ? h5o::kCopyExpandExternalLink : 0) |
           (options.expand_references ? h5o::kCopyExpandReference : 0) |
           (options.without_attributes ? h5o::kCopyWithoutAttributes : 0);
}

void copy_object(hdf5::Id source,
                 const std::string& source_path,
                 const ObjectState& group,
                 const std::string& path,
                 const CopyOptions& options) {
    namespace h5p = hdf5::h5p;
    const hdf5::LockGuard guard;
    if (source_path.empty() || path.empty()) {
        throw Error(ErrorCode::invalid_argument, "A copy needs the names of both objects");
    }
    hdf5::Handle plist;
    if (const unsigned flags = copy_flags(options); flags != 0) {
        plist = h5p::create(h5p::ListClass::object_copy);
        h5p::set_copy_object(plist.id(), flags);
    }
    creating(group, [&] {
        finding(source, source_path, [&] {
            h5o::copy(source,
                      source_path,
                      group.id(),
                      path,
                      plist ? plist.id() : hdf5::kDefault,
                      link_plist(path));
        });
    });
}

}  // namespace

Link link_at(hdf5::Id group, const std::string& path) {
    return finding(group, path, [&] {
        if (path.find_first_not_of("./") == std::string::npos) {
            throw Error(ErrorCode::not_found, "No link leads to '" + path + "'");
        }
        return described(group, path, h5l::info(group, path));
    });
}

}  // namespace object

Link Group::link(const std::string& path) const { return object::link_at(id_of(*this), path); }

std::vector<std::pair<std::string, Link>> Group::links() const {
    const hdf5::LockGuard guard;
    const hdf5::Id id = id_of(*this);
    std::vector<std::pair<std::string, Link>> found;
    for (const h5l::Link& link : h5l::links(id, object::listing_order(id))) {
        found.emplace_back(link.name, object::described(id, link.name, link.info));
    }
    return found;
}

void Group::create_hard_link(const std::string& path, const Object& object) const {
    const object::ObjectState& state = Access::state(*this);
    object::creating(state,
                     [&] { h5o::link(id_of(object), state.id(), path, object::link_plist(path)); });
}

void Group::create_soft_link(const std::string& path, const std::string& target) const {
    const object::ObjectState& state = Access::state(*this);
    object::creating(state,
                     [&] { h5l::create_soft(target, state.id(), path, object::link_plist(path)); });
}

void Group::create_external_link(const std::string& path,
                                 const std::string& file,
                                 const std::string& target) const {
    const object::ObjectState& state = Access::state(*this);
    object::creating(state, [&] {
        h5l::create_external(file, target, state.id(), path, object::link_plist(path));
    });
}

void Group::copy(const Object& source, const std::string& path, const CopyOptions& options) const {
    object::copy_object(id_of(source), ".", Access::state(*this), path, options);
}

void Group::copy(const std::string& source,
                 const std::string& path,
                 const CopyOptions& options) const {
    object::copy_object(id_of(*this), source, Access::state(*this), path, options);
}

void Group::move(const std::string& from, const std::string& to) const {
    const object::ObjectState& state = Access::state(*this);
    const hdf5::Id id = state.id();
    if (from != to) {
        object::creating(state, [&] {
            object::finding(id, from, [&] { h5l::move(id, from, id, to, object::link_plist(to)); });
        });
    }
}

void Group::remove(const std::string& path) const {
    const object::ObjectState& state = Access::state(*this);
    object::changing(
        state, [&] { object::finding(state.id(), path, [&] { h5l::remove(state.id(), path); }); });
}

using object::Walk;

namespace {

// Whether that worked; a walk goes on after objects that are damaged, but not in a closed file.
template <class Function>
bool attempt(const object::ObjectState& state, Function&& function) {
    try {
        function();
        return true;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::closed || !state.valid()) {
            throw;
        }
        return false;
    }
}

/// What a visitor sees of an object that a walk meets.
struct Met {
    bool anything = false;
    Object object{};  // invalid when it cannot be opened
};

Met meet(Walk& walk, const object::ObjectState& state) {
    const hdf5::LockGuard guard;
    Met met;
    hdf5::Handle found;
    const bool sound = attempt(state, [&] {
        met.anything = walk.look();
        found = met.anything ? std::move(walk.object()) : hdf5::Handle();
        if (met.anything && !found) {
            found = h5o::open(state.id(), walk.path());
        }
    });
    if (sound && found) {
        met.object = object::make_object(std::move(found), state, walk.path());
    }
    met.anything = met.anything || !sound;
    return met;
}

// A group whose members cannot be listed is reported at the end; the walk goes on.
void step(Walk& walk, const object::ObjectState& state, std::optional<Error>& unlisted) {
    try {
        walk.step();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::closed || !state.valid()) {
            throw;
        }
        unlisted = unlisted ? unlisted : error;
        walk.pass();
    }
}

}  // namespace

void Group::visit_objects(const detail::Visitor<Object>& visit) const {
    const object::ObjectState& state = Access::state(*this);
    std::optional<Error> unlisted;  // the first group whose members are not known
    for (Walk walk(state.id(), Walk::Over::objects); !walk.done();) {
        const Met met = meet(walk, state);
        if (met.anything && !visit(walk.path(), met.object)) {
            return;
        }
        if (met.anything && !met.object.valid()) {
            state.id();  // unless the file has been closed meanwhile
            walk.pass();
            continue;
        }
        step(walk, state, unlisted);
    }
    if (unlisted) {
        throw Error(*unlisted);
    }
}

void Group::visit_all_links(const detail::Visitor<Link>& visit) const {
    const object::ObjectState& state = Access::state(*this);
    std::optional<Error> unlisted;
    for (Walk walk(state.id(), Walk::Over::links); !walk.done();) {
        std::optional<Link> found;
        {
            const hdf5::LockGuard guard;
            if (walk.look()) {
                found = object::described(state.id(), walk.path(), walk.link());
            }
        }
        if (found && !visit(walk.path(), *found)) {
            return;
        }
        step(walk, state, unlisted);
    }
    if (unlisted) {
        throw Error(*unlisted);
    }
}

}  // namespace hyperslab
