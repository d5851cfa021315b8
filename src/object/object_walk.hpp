// A walk over every object below a group, each opened once, in the order of names.
//
//     for (ObjectWalk walk(group); !walk.done(); walk.step()) {
//         hdf5::Handle object = walk.open();  // none when it was met before
//         ...
//     }
//
// libhdf5's own walk reads each object's header to tell what it is, and whoever opens the object
// afterwards reads it again: of many objects few headers stay in its cache. Here an object is
// opened when its turn comes, and all that the walk has to know is asked of what is open. Members
// are listed when their group is opened, so that what is done with it does not disturb the walk.
// Only hard links are followed, as H5Ovisit does.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "hdf5/h5o.hpp"
#include "hdf5/handle.hpp"
#include "hdf5/id.hpp"

namespace hyperslab::object {

class ObjectWalk {
public:
    explicit ObjectWalk(hdf5::Id start);

    bool done() const { return levels_.empty(); }

    /// The path of the object whose turn it is, from where the walk began.
    std::string path() const;

    /// Opens it; none when it was met before, under another name.
    /// \throws Error when it cannot be opened; step() passes over it
    hdf5::Handle open();

    /// Goes on to its members, when it has any, or to the next one.
    void step();

private:
    /// A group that the walk is in, and the names of its members that are left, the next one last.
    struct Level {
        hdf5::Handle group;
        std::string prefix;
        std::vector<std::string> left;
    };

    bool is_met(const hdf5::h5o::Basics& basics);
    static Level level_of(hdf5::Id object, std::string prefix);

    std::vector<Level> levels_;
    Level below_;  // of the one opened last
    std::set<hdf5::h5o::Identity> met_;
};

}  // namespace hyperslab::object
