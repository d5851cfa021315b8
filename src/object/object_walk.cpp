#include "object/object_walk.hpp"

#include <algorithm>
#include <utility>

#include "hdf5/h5l.hpp"
#include "hdf5/lock.hpp"

namespace hyperslab::object {

namespace h5l = hdf5::h5l;
namespace h5o = hdf5::h5o;

ObjectWalk::ObjectWalk(hdf5::Id start) {
    const hdf5::LockGuard guard;
    is_met(h5o::basics(start));
    levels_.push_back(level_of(start, ""));
    if (levels_.back().left.empty()) {
        levels_.pop_back();
    }
}

std::string ObjectWalk::path() const { return levels_.back().prefix + levels_.back().left.back(); }

hdf5::Handle ObjectWalk::open() {
    const hdf5::LockGuard guard;
    const Level& level = levels_.back();
    hdf5::Handle object = h5o::open(level.group.id(), level.left.back());
    const h5o::Basics basics = h5o::basics(object.id());
    if (is_met(basics)) {
        return {};
    }
    if (basics.type == h5o::Type::group) {
        below_ = level_of(object.id(), path() + "/");
    }
    return object;
}

void ObjectWalk::step() {
    levels_.back().left.pop_back();
    if (!below_.left.empty()) {
        levels_.push_back(std::exchange(below_, {}));
    }
    while (!levels_.empty() && levels_.back().left.empty()) {
        levels_.pop_back();
    }
}

// Only what has several names can be met twice.
bool ObjectWalk::is_met(const h5o::Basics& basics) {
    return basics.reference_count > 1 && !met_.insert(basics.identity).second;
}

// With an identifier of its own: the other one is the caller's.
ObjectWalk::Level ObjectWalk::level_of(hdf5::Id object, std::string prefix) {
    std::vector<std::string> names;
    for (h5l::Link& link : h5l::links(object)) {
        if (link.info.type == h5l::Type::hard) {
            names.push_back(std::move(link.name));
        }
    }
    std::ranges::reverse(names);
    return {names.empty() ? hdf5::Handle() : h5o::open(object, "."),
            std::move(prefix),
            std::move(names)};
}

}  // namespace hyperslab::object
