// Walks over links, objects and attributes: each is one pass that calls nothing of the caller's.

#include <gtest/gtest.h>

#include <algorithm>

#include "hdf5/api/h5a.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"
#include "scratch_file.hpp"

namespace hyperslab::hdf5 {
namespace {

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

TEST(Links, NamesComeInTheOrderAskedFor) {
    const Handle file = small_tree();
    EXPECT_EQ(h5l::names(file.id()), (Names{"a", "out", "z"}));
    EXPECT_EQ(h5l::names(file.id(), {.order = IterationOrder::decreasing}),
              (Names{"z", "out", "a"}));
    EXPECT_EQ(h5l::names(file.id(), {.start = 1}), (Names{"out", "z"}));
    EXPECT_THROW(h5l::names(file.id(), {.start = 4}), Error);
    EXPECT_EQ(h5l::name_by_index(file.id(), 1), "out");
}

TEST(Links, CreationOrderIsKnownWhereItIsTracked) {
    const Handle file = scratch_file(true);
    const Handle gcpl(check({}, [] { return H5Pcreate(H5P_GROUP_CREATE); }));
    check({}, [&] {
        return H5Pset_link_creation_order(gcpl.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    });
    const Handle group = h5g::create(file.id(), "g", kDefault, gcpl.id());
    for (const char* name : {"z", "m", "a"}) {
        h5g::create(group.id(), name);
    }
    EXPECT_TRUE(h5g::tracks_creation_order(group.id()));
    EXPECT_FALSE(h5g::tracks_creation_order(file.id()));
    EXPECT_EQ(h5l::names(group.id(), {.index = IndexType::creation_order}), (Names{"z", "m", "a"}));
    EXPECT_THROW(h5l::names(file.id(), {.index = IndexType::creation_order}), Error);
    EXPECT_EQ(h5l::info(group.id(), "m").creation_order, 1);
    EXPECT_EQ(h5g::info(group.id()).link_count, 3U);
}

TEST(Links, SayWhereTheyLead) {
    const Handle file = small_tree();
    EXPECT_EQ(h5l::info(file.id(), "a").type, h5l::Type::hard);
    EXPECT_EQ(h5l::info(file.id(), "a/b").address, h5l::info(file.id(), "z").address);
    EXPECT_EQ(h5l::soft_value(file.id(), "a/up"), "/");
    EXPECT_EQ(h5l::external_value(file.id(), "out").file, "other.h5");
    EXPECT_EQ(h5l::external_value(file.id(), "out").path, "/x");
    EXPECT_THROW(h5l::soft_value(file.id(), "a"), Error);
    EXPECT_THROW(h5l::external_value(file.id(), "a/up"), Error);
}

TEST(Links, MoveCopyAndRemove) {
    const Handle file = small_tree();
    h5l::move(file.id(), "z", file.id(), "a/moved");
    h5l::copy(file.id(), "out", file.id(), "out2");
    h5l::remove(file.id(), "out");
    EXPECT_EQ(h5l::names(file.id()), (Names{"a", "out2"}));
    EXPECT_TRUE(h5l::exists(file.id(), "a/moved"));
    EXPECT_FALSE(h5l::exists(file.id(), "z"));
}

TEST(Links, APathIsValidWhenEveryStepIsThere) {
    const Handle file = small_tree();
    const Handle a = h5g::open(file.id(), "a");
    h5l::create_soft("/nowhere", file.id(), "dangling");
    for (const char* path :
         {"a", "/a/b", "a//b/", "./a/./b", "a/up", "a/up/a/b", "dangling", "/", ".", "out"}) {
        EXPECT_TRUE(h5l::path_valid(file.id(), path)) << path;
    }
    for (const char* path : {"", "x", "a/x", "a/x/y", "dangling/x", "out/x"}) {
        EXPECT_FALSE(h5l::path_valid(file.id(), path)) << path;
    }
    EXPECT_TRUE(h5l::path_valid(a.id(), "b"));
    EXPECT_TRUE(h5l::path_valid(a.id(), "/z"));
    EXPECT_FALSE(h5l::path_valid(a.id(), "a"));
}

TEST(Objects, HaveOneIdentityUnderEveryName) {
    const Handle file = small_tree();
    const Handle first = h5o::open(file.id(), "a/b");
    const Handle second = h5o::open(file.id(), "z");
    EXPECT_EQ(h5o::identity(first.id()), h5o::identity(second.id()));
    EXPECT_FALSE(h5o::identity(first.id()) == h5o::identity(file.id()));
    EXPECT_EQ(h5o::info(first.id()).reference_count, 2U);
    EXPECT_EQ(h5o::type(first.id()), h5o::Type::group);
    EXPECT_EQ(h5i::name(first.id()), "/a/b");
    EXPECT_EQ(h5i::type(file.id()), h5i::Type::file);
}

TEST(Objects, InformationCanBeAskedForInThreeWays) {
    const Handle file = small_tree();
    const Handle b = h5o::open(file.id(), "a/b");
    const h5o::Info by_id = h5o::info(b.id());
    EXPECT_GT(by_id.header.total_space, 0U);
    EXPECT_EQ(h5o::info_by_name(file.id(), "a/b").address, by_id.address);
    EXPECT_EQ(h5o::info_by_index(file.id(), 0, {}, h5o::Detail::all, "a").address, by_id.address);
    EXPECT_EQ(h5o::info(b.id(), h5o::Detail::basic).header.total_space, 0U);
    EXPECT_THROW(h5o::info_by_name(file.id(), "missing"), Error);
}

TEST(Objects, CopyWithWhatIsBelowThem) {
    const Handle file = small_tree();
    const Handle other = scratch_file();
    h5o::copy(file.id(), "a", other.id(), "copied");
    const Handle copied = h5o::open(other.id(), "copied");
    EXPECT_EQ(h5l::names(copied.id()), (Names{"b", "up"}));
    EXPECT_TRUE(h5o::exists_by_name(other.id(), "copied/b"));
    h5o::set_comment(other.id(), "from elsewhere", "copied");
    EXPECT_EQ(h5o::comment(other.id(), "copied"), "from elsewhere");
    EXPECT_EQ(h5o::comment(other.id()), "");
}

TEST(Attributes, AreListedByNameOrAge) {
    const Handle file = scratch_file(true);
    const Handle gcpl(check({}, [] { return H5Pcreate(H5P_GROUP_CREATE); }));
    check({}, [&] {
        return H5Pset_attr_creation_order(gcpl.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    });
    const Handle group = h5g::create(file.id(), "g", kDefault, gcpl.id());
    const Handle space(check({}, [] { return H5Screate(H5S_SCALAR); }));
    for (const char* name : {"z", "m", "a"}) {
        const Handle made = h5a::create(group.id(), name, H5T_NATIVE_INT, space.id());
        const int value = 7;
        h5a::write(made.id(), H5T_NATIVE_INT, &value);
    }
    EXPECT_EQ(h5a::names(group.id()), (Names{"a", "m", "z"}));
    EXPECT_EQ(h5a::names(group.id(), {.index = IndexType::creation_order}), (Names{"z", "m", "a"}));
    EXPECT_EQ(h5a::names(group.id(), {.start = 2}), (Names{"z"}));
    EXPECT_EQ(h5a::count(group.id()), 3U);
    EXPECT_EQ(h5a::attributes(group.id())[2].info.creation_order, 0U);
    EXPECT_EQ(h5a::name(h5a::open_by_index(group.id(), {.start = 1}).id()), "m");
}

TEST(Attributes, AreReadRenamedAndRemovedByName) {
    const Handle file = scratch_file();
    h5g::create(file.id(), "g");
    const Handle space(check({}, [] { return H5Screate(H5S_SCALAR); }));
    const double value = 2.5;
    h5a::write(h5a::create(file.id(), "x", H5T_IEEE_F64BE, space.id(), "g").id(),
               H5T_NATIVE_DOUBLE,
               &value);
    float read = 0;
    h5a::read(h5a::open(file.id(), "x", "g").id(), H5T_NATIVE_FLOAT, &read);
    EXPECT_EQ(read, 2.5F);
    h5a::rename(file.id(), "x", "y", "g");
    EXPECT_FALSE(h5a::exists(file.id(), "x", "g"));
    h5a::remove(file.id(), "y", "g");
    EXPECT_FALSE(h5a::exists(file.id(), "y", "g"));
    EXPECT_THROW(h5a::open(file.id(), "y", "g"), Error);
}

}  // namespace
}  // namespace hyperslab::hdf5
