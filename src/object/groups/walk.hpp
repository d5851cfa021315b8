// A walk over everything below a group, in the order of libhdf5's own walks, one step at a time.
//
//     for (Walk walk(group, Walk::Over::objects); !walk.done(); walk.step()) {
//         if (walk.look()) {
//             ... walk.path(), walk.object()
//         }
//     }
//
// The file may be changed between two steps, and the walk sees the changes. A group's members are
// listed when the walk enters it, after the group itself was shown. A member that has lost its name
// when its turn comes is passed over. Only hard links are followed.
//
// libhdf5's own walk reads the header of each object to find out what it is, and opening the object
// afterwards reads it again, because few headers of many objects stay in its cache. Here an object
// is opened when its turn comes, and the open object answers all that the walk has to know.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/iteration.hpp"

namespace hyperslab::object {

class Walk {
public:
    enum class Over {
        objects,  ///< each object once, opened
        links,    ///< every link, of whatever kind
        members,  ///< links, but only those in the first group
    };

    /// Begins a walk at an object, or at a member of it. Below an object that is no group there are
    /// no objects.
    /// \throws Error (internal) when it is not there or cannot be listed; Error (invalid_argument)
    /// for an order that is none; Error (closed)
    Walk(hdf5::Id location,
         Over over,
         const hdf5::Iteration& iteration = {},
         const std::string& name = ".",
         hdf5::Id lapl = hdf5::kDefault);

    bool done() const { return levels_.empty(); }

    /// Whether there is something here: it is not gone, and was not met before under another name.
    /// \throws Error (internal) when it is there, and damaged
    bool look();

    /// The path of the link whose turn it is, from where the walk began.
    std::string path() const;

    /// The object that look() opened. It is null when it cannot be opened although its header is
    /// sound; opening it in the usual way reports why.
    hdf5::Handle& object() { return object_; }

    /// All information about the present object.
    hdf5::h5o::Info info() const;

    /// The link whose turn it is, as look() found it.
    const hdf5::h5l::Info& link() const { return levels_.back().here().info; }

    /// Goes on to the members of what is here, when it has any, or to the next link.
    /// \throws Error (internal) when they cannot be listed
    void step();

    /// Goes on without entering the present group.
    void pass();

private:
    /// A group that the walk is in, and the links that it had then.
    struct Level {
        hdf5::Handle group;
        std::string prefix;
        std::vector<hdf5::h5l::Link> links;
        std::size_t next = 0;

        const hdf5::h5l::Link& here() const { return links[next]; }
    };

    /// How libhdf5 finds the present object.
    struct Place {
        hdf5::Id location;
        std::string name;
    };

    Place place() const;
    bool is_gone() const;
    bool look_at_object();
    bool look_at_link();
    bool enters_group();
    void begin(const Place& place, hdf5::Id lapl);
    std::optional<Level> members(const Place& place, std::string prefix) const;
    hdf5::Iteration order_in(hdf5::Id group) const;
    bool was_shown(const hdf5::h5o::Basics& basics);

    Over over_;
    hdf5::Iteration iteration_;
    hdf5::Handle start_;
    std::uint64_t removals_;
    std::vector<Level> levels_;
    hdf5::Handle object_;
    std::optional<hdf5::h5o::Basics> seen_;  // the result of look()
    std::set<hdf5::h5o::Identity> shown_;
    std::set<hdf5::h5o::Identity>
        entered_;  // each once: in a damaged file a group may lie in itself
};

}  // namespace hyperslab::object
