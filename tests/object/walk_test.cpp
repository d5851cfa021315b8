// Walks below a group, while the file changes under them. tests/python/objects/test_visits.py has
// random changes; here is what its callbacks cannot reach.

#include "object/groups/walk.hpp"

#include <gtest/gtest.h>

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/scratch_file.hpp"

namespace hyperslab::object {
namespace {

using hdf5::Handle;
using hdf5::scratch_file;
namespace h5g = hdf5::h5g;
namespace h5l = hdf5::h5l;
using Names = std::vector<std::string>;

/// /a/b (a group), /a/up (a soft link to /), /z (another link to /a/b), /out (an external link).
Handle small_tree() {
    Handle file = scratch_file();
    const Handle a = h5g::create(file.id(), "a");
    const Handle b = h5g::create(a.id(), "b");
    h5l::create_soft("/", a.id(), "up");
    h5l::create_hard(b.id(), ".", file.id(), "z");
    h5l::create_external("other.h5", "/x", file.id(), "out");
    return file;
}

template <class Change>
Names walked(hdf5::Id start, Walk::Over over, const hdf5::Iteration& iteration, Change&& change) {
    Names names;
    for (Walk walk(start, over, iteration); !walk.done(); walk.step()) {
        if (walk.look()) {
            names.push_back(walk.path());
            change(names.back());
        }
    }
    return names;
}

Names walked(hdf5::Id start, Walk::Over over, const hdf5::Iteration& iteration = {}) {
    return walked(start, over, iteration, [](const std::string&) {});
}

TEST(Walk, SeesEachObjectOnceAndEveryLink) {
    const Handle file = small_tree();
    h5l::create_hard(file.id(), ".", file.id(), "a/circle");
    using enum Walk::Over;
    EXPECT_EQ(walked(file.id(), objects), (Names{"a", "a/b"}));
    EXPECT_EQ(walked(file.id(), links), (Names{"a", "a/b", "a/circle", "a/up", "out", "z"}));
    EXPECT_EQ(walked(file.id(), members), (Names{"a", "out", "z"}));
    EXPECT_EQ(walked(file.id(), objects, {.order = hdf5::IterationOrder::decreasing}),
              (Names{"z", "a"}));
    EXPECT_EQ(walked(file.id(), members, {.start = 1}), (Names{"out", "z"}));
}

TEST(Walk, SaysWhatALinkIs) {
    const Handle file = small_tree();
    Walk walk(file.id(), Walk::Over::links);
    for (const h5l::Type type : {h5l::Type::hard,
                                 h5l::Type::hard,
                                 h5l::Type::soft,
                                 h5l::Type::external,
                                 h5l::Type::hard}) {
        ASSERT_TRUE(walk.look());
        EXPECT_EQ(walk.link().type, type) << walk.path();
        walk.step();
    }
    EXPECT_TRUE(walk.done());
}

TEST(Walk, EndsWhereTheLastOfItIsTakenAway) {
    for (const auto over : {Walk::Over::objects, Walk::Over::links, Walk::Over::members}) {
        const Handle file = small_tree();
        const Names seen = walked(file.id(), over, {}, [&](const std::string&) {
            for (const std::string& name : h5l::names(file.id())) {
                h5l::remove(file.id(), name);
            }
        });
        EXPECT_EQ(seen, (Names{"a"}));
    }
}

TEST(Walk, FollowsNoPathThatLeadsElsewhereByNow) {
    const Handle file = small_tree();
    const Names seen = walked(file.id(), Walk::Over::links, {}, [&](const std::string& path) {
        if (path == "a/b") {  // another group of the same name, with another member
            h5l::move(file.id(), "a", file.id(), "moved");
            h5g::create(h5g::create(file.id(), "a").id(), "new");
        }
    });
    EXPECT_EQ(seen, (Names{"a", "a/b", "out", "z"}));
}

TEST(Walk, OutlivesTheIdentifierThatItBeganFrom) {
    Handle file = small_tree();
    Handle a = h5g::open(file.id(), "a");
    Walk walk(a.id(), Walk::Over::objects);
    a.close();
    ASSERT_TRUE(walk.look());
    EXPECT_EQ(walk.path(), "b");
    EXPECT_TRUE(walk.object());
}

}  // namespace
}  // namespace hyperslab::object
