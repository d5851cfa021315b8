#include "object/groups/walk.hpp"

#include <utility>

#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/name_removals.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::object {

namespace h5l = hdf5::h5l;
namespace h5o = hdf5::h5o;

namespace {

// A walk that meets damage fails as libhdf5's own does.
[[noreturn]] void fail(Walk::Over over, const Error& error) {
    if (error.code() == ErrorCode::closed || error.code() == ErrorCode::internal) {
        throw error;
    }
    const char* const walk = over == Walk::Over::objects ? "Object visitation"
                             : over == Walk::Over::links ? "Link visitation"
                                                         : "Link iteration";
    throw Error(ErrorCode::internal, std::string(walk) + " failed (" + error.what() + ")");
}

}  // namespace

Walk::Walk(hdf5::Id location,
           Over over,
           const hdf5::Iteration& iteration,
           const std::string& name,
           hdf5::Id lapl)
    : over_(over), iteration_(iteration), removals_(hdf5::name_removals()) {
    const hdf5::LockGuard guard;
    hdf5::h5i::require_open(location);
    try {
        begin({location, name}, lapl);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::invalid_argument) {
            throw;
        }
        fail(over_, error);
    }
}

void Walk::begin(const Place& place, hdf5::Id lapl) {
    start_ = h5o::open(place.location, place.name, lapl);
    const h5o::Basics basics = h5o::basics(start_.id());
    if (over_ == Over::objects && basics.type != h5o::Type::group) {
        return;
    }
    was_shown(basics);
    entered_.insert(basics.identity);
    if (auto level = members({start_.id(), "."}, "")) {
        levels_.push_back(std::move(*level));
    }
}

std::string Walk::path() const { return levels_.back().prefix + levels_.back().here().name; }

// The open group serves to find its members while nothing on the way to it has changed.
Walk::Place Walk::place() const {
    if (hdf5::name_removals() == removals_) {
        return {levels_.back().group.id(), levels_.back().here().name};
    }
    return {start_.id(), path()};
}

bool Walk::is_gone() const {
    return hdf5::name_removals() != removals_ && !h5l::path_valid(start_.id(), path());
}

bool Walk::look() {
    const hdf5::LockGuard guard;
    object_ = {};
    seen_.reset();
    if (is_gone()) {
        return false;
    }
    return over_ == Over::objects ? look_at_object() : look_at_link();
}

bool Walk::look_at_object() {
    const Place here = place();
    try {
        object_ = h5o::open(here.location, here.name);
        seen_ = h5o::basics(object_.id());
    } catch (const Error& error) {
        if (!h5o::has_sound_header(here.location, here.name)) {
            fail(over_, error);
        }
        return true;
    }
    return !was_shown(*seen_);
}

h5o::Info Walk::info() const {
    const hdf5::LockGuard guard;
    const Place here = place();
    try {
        return h5o::info_by_name(here.location, here.name);
    } catch (const Error& error) {
        fail(over_, error);
    }
}

bool Walk::look_at_link() {
    if (hdf5::name_removals() != removals_) {
        const Place here = place();
        levels_.back().links[levels_.back().next].info = h5l::info(here.location, here.name);
    }
    return true;
}

void Walk::step() {
    const hdf5::LockGuard guard;
    std::optional<Level> below;
    try {
        if (enters_group()) {
            below = members(place(), path() + "/");
        }
    } catch (const Error& error) {
        fail(over_, error);
    }
    if (below) {
        ++levels_.back().next;
        levels_.push_back(std::move(*below));
    } else {
        pass();
    }
}

void Walk::pass() {
    ++levels_.back().next;
    while (!levels_.empty() && levels_.back().next == levels_.back().links.size()) {
        levels_.pop_back();
    }
}

// The group is opened by its name, under which there may be another object by now.
bool Walk::enters_group() {
    if (over_ == Over::members || link().type != h5l::Type::hard || is_gone()) {
        return false;
    }
    if (!seen_ || hdf5::name_removals() != removals_) {
        const Place here = place();
        seen_ = h5o::basics_by_name(here.location, here.name);
    }
    return entered_.insert(seen_->identity).second && seen_->type == h5o::Type::group;
}

// The list has an identifier of its own, because the visitor may close the other one.
std::optional<Walk::Level> Walk::members(const Place& place, std::string prefix) const {
    Level level{h5o::open(place.location, place.name), std::move(prefix)};
    level.links = h5l::links(level.group.id(), order_in(level.group.id()));
    if (over_ == Over::objects) {
        std::erase_if(level.links,
                      [](const h5l::Link& link) { return link.info.type != h5l::Type::hard; });
    }
    return level.links.empty() ? std::nullopt : std::optional(std::move(level));
}

// Groups that do not know when their links were made are walked by name.
hdf5::Iteration Walk::order_in(hdf5::Id group) const {
    const bool by_name = over_ != Over::members &&
                         iteration_.index == hdf5::IndexType::creation_order &&
                         !hdf5::h5g::tracks_creation_order(group);
    return by_name ? hdf5::Iteration{.order = iteration_.order} : iteration_;
}

// Only objects with several names are remembered, as in libhdf5.
bool Walk::was_shown(const h5o::Basics& basics) {
    if (shown_.contains(basics.identity)) {
        return true;
    }
    if (basics.reference_count > 1) {
        shown_.insert(basics.identity);
    }
    return false;
}

}  // namespace hyperslab::object
