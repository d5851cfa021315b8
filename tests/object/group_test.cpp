#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

using Names = std::vector<std::string>;

TEST(Group, IsAMapFromNamesToObjects) {
    const File file = File::in_memory();
    EXPECT_TRUE(file.empty());
    file.create_group("b");
    file.create_dataset("a", 1);
    file.commit("t", Datatype::integer(4, true));
    EXPECT_EQ(file.size(), 3u);
    EXPECT_EQ(file.names(), (Names{"a", "b", "t"}));
    EXPECT_EQ(file["a"].kind(), ObjectKind::dataset);
    EXPECT_EQ(file["b"].kind(), ObjectKind::group);
    EXPECT_EQ(file["t"].kind(), ObjectKind::committed_datatype);
    EXPECT_TRUE(file.contains("a"));
    EXPECT_FALSE(file.contains("c"));
    EXPECT_TRUE(file.find("a"));
    EXPECT_FALSE(file.find("c"));
}

TEST(Group, PathsGoThroughGroupsAndFromTheRoot) {
    const File file = File::in_memory();
    const Group deep = file.create_group("4857/55711/4");
    EXPECT_EQ(deep.name(), "/4857/55711/4");
    EXPECT_EQ(file["4857/55711"].name(), "/4857/55711");
    EXPECT_EQ(deep["/4857"].name(), "/4857");
    EXPECT_EQ(deep.parent(), file.group("4857/55711"));
    EXPECT_EQ(file.group("4857").parent().name(), "/");
    EXPECT_TRUE(file.contains("4857/55711/4"));
    EXPECT_FALSE(file.contains("4857/0/4"));
    EXPECT_TRUE(deep.contains("/"));
}

TEST(Group, NamesMayBeAnyUtf8) {
    const File file = File::in_memory();
    file.create_group("größe/名前");
    EXPECT_EQ(file.names(), (Names{"größe"}));
    EXPECT_EQ(file["größe/名前"].name(), "/größe/名前");
}

TEST(Group, IterationGivesNamesAndObjects) {
    const File file = File::in_memory();
    file.create_group("g");
    file.create_dataset("x", 5);
    file.create_soft_link("nowhere", "/missing");
    Names names;
    for (const auto& [name, object] : file) {
        names.push_back(name);
        EXPECT_EQ(object.valid(), name != "nowhere");
        if (object && object.kind() == ObjectKind::dataset) {
            EXPECT_EQ(Dataset(object).get<int>(), 5);
        }
    }
    EXPECT_EQ(names, (Names{"g", "nowhere", "x"}));
    for (const auto& [name, object] : file.group("g")) {
        ADD_FAILURE() << name;
    }
}

TEST(Group, IterationIsNotDisturbedByChanges) {
    const File file = File::in_memory();
    for (const char* name : {"a", "b", "c"}) {
        file.create_group(name);
    }
    for (const auto& [name, object] : file) {
        file.create_group(name + "2");
        file.remove(name);
    }
    EXPECT_EQ(file.names(), (Names{"a2", "b2", "c2"}));
}

TEST(Group, MissingObjectsAreErrorsThatNameThem) {
    const ScratchPath path("missing_object.h5");
    const File file(path, Mode::create);
    expect_error(
        ErrorCode::not_found, "'/nothing' in 'missing_object.h5'", [&] { file["nothing"]; });
    expect_error(ErrorCode::not_found, "a/b", [&] { file["a/b"]; });
}

TEST(Group, ObjectsOfAnotherKindAreErrors) {
    const File file = File::in_memory();
    file.create_dataset("x", 1);
    file.create_group("g");
    expect_error(ErrorCode::type_mismatch, "dataset '/x'", [&] { file.group("x"); });
    expect_error(ErrorCode::type_mismatch, "is not a dataset", [&] { file.dataset("g"); });
    expect_error(ErrorCode::type_mismatch, "datatype", [&] { file.datatype("g"); });
    expect_error(
        ErrorCode::type_mismatch, "is not a group", [&] { const Group group = file["x"]; });
}

TEST(Group, TakenNamesAreErrors) {
    const File file = File::in_memory();
    file.create_group("g");
    expect_error(ErrorCode::already_exists, "g", [&] { file.create_group("g"); });
    expect_error(ErrorCode::already_exists, "g", [&] { file.create_dataset("g", 1); });
    expect_error(ErrorCode::already_exists, "g", [&] { file.create_soft_link("g", "/x"); });
    expect_error(
        ErrorCode::already_exists, "g", [&] { file.create_external_link("g", "f", "/x"); });
    file.create_dataset("d", 1);
    expect_error(ErrorCode::already_exists, "g", [&] { file.create_hard_link("g", file["d"]); });
    expect_error(ErrorCode::already_exists, "already exists", [&] { file.copy("d", "g"); });
    expect_error(ErrorCode::already_exists, "already exists", [&] { file.move("d", "g"); });
}

TEST(Group, RequireGroupTakesOrMakesOne) {
    const File file = File::in_memory();
    const Group made = file.require_group("a/b");
    EXPECT_EQ(file.require_group("a/b"), made);
    file.create_dataset("x", 1);
    expect_error(ErrorCode::type_mismatch, "is not a group", [&] { file.require_group("x"); });
}

TEST(Group, AnonymousObjectsGetTheirNameLater) {
    const File file = File::in_memory();
    const Group group = file.create_group("");
    EXPECT_EQ(group.name(), "");
    expect_error(ErrorCode::invalid_argument, "no name", [&] { group.parent(); });
    const Dataset dataset = file.create_dataset("", std::vector<int>{1, 2});
    EXPECT_TRUE(file.empty());
    file.create_hard_link("g", group);
    group.create_hard_link("x", dataset);
    EXPECT_EQ(file.dataset("g/x").read<int>().to_vector(), (std::vector<int>{1, 2}));
}

TEST(Group, OptionsSayWhatItRemembers) {
    const File file = File::in_memory();
    const Group group = file.create_group("g", {.track_order = true, .track_times = true});
    group.create_group("z");
    group.create_group("a");
    EXPECT_EQ(group.names(), (Names{"z", "a"}));
    EXPECT_GT(group.info().change_time, 0);
    EXPECT_EQ(file.create_group("h").info().change_time, 0);
}

TEST(Group, ObjectsCompareByWhatTheyAre) {
    const File file = File::in_memory();
    const Group group = file.create_group("g");
    file.create_hard_link("h", group);
    EXPECT_EQ(group, file["h"]);
    EXPECT_EQ(group.hash(), file["h"].hash());
    EXPECT_NE(group, file.create_group("i"));
    EXPECT_EQ(group.info().reference_count, 2u);
    EXPECT_EQ(file, file["/"]);
    EXPECT_EQ(group.file(), file);
    std::unordered_map<Object, int> map{{group, 1}};
    EXPECT_EQ(map.at(file["h"]), 1);
}

TEST(Group, VisitCallsForEveryObjectOnceInOrder) {
    const File file = File::in_memory();
    file.create_dataset("b/x", 1);
    file.create_group("a/c");
    file.create_hard_link("b/again", file["a"]);
    file.create_soft_link("soft", "/a");
    Names found;
    file.visit([&](const std::string& path, const Object& object) {
        EXPECT_TRUE(object);
        found.push_back(path);
    });
    EXPECT_EQ(found, (Names{"a", "a/c", "b", "b/x"}));
    found.clear();
    file.visit([&](const std::string& path, const Object&) {
        found.push_back(path);
        return path != "a/c";
    });
    EXPECT_EQ(found, (Names{"a", "a/c"})) << "false ends it";
}

TEST(Group, AVisitorMayThrowAndChangeTheFile) {
    const File file = File::in_memory();
    file.create_group("a");
    file.create_group("b");
    EXPECT_THROW(file.visit([](const std::string&, const Object&) { throw 1; }), int);
    Names found;
    file.visit([&](const std::string& path, const Object&) {
        found.push_back(path);
        if (path == "a") {
            file.create_group("a/c");
            file.remove("b");
        }
    });
    EXPECT_EQ(found, (Names{"a", "a/c"}));
    found.clear();
    file.create_group("d");
    file.visit_links([&](const std::string& path, const Link&) {
        found.push_back(path);
        file.remove(path == "a" ? "a/c" : path);
    });
    EXPECT_EQ(found, (Names{"a", "d"}));
}

TEST(Group, AVisitGoesOnAfterWhatIsDamaged) {
    const File whole = File::in_memory();
    for (const char* path : {"a", "b/x", "c/y", "d/e/f", "g"}) {
        whole.create_dataset(path, 1);
    }
    std::vector<std::byte> image = whole.image();
    for (const char* path : {"a", "c", "d/e/f"}) {
        image.at(whole[path].info().address) = std::byte{0xff};
    }
    const File file = File::from_image(image);
    Names sound;
    Names damaged;
    file.visit([&](const std::string& path, const Object& object) {
        (object ? sound : damaged).push_back(path);
    });
    EXPECT_EQ(sound, (Names{"b", "b/x", "d", "d/e", "g"}));
    EXPECT_EQ(damaged, (Names{"a", "c", "d/e/f"}));
    Names until;
    file.visit([&](const std::string& path, const Object&) {
        until.push_back(path);
        return path != "c";
    });
    EXPECT_EQ(until, (Names{"a", "b", "b/x", "c"}));
    Names links;
    EXPECT_THROW(
        file.visit_links([&](const std::string& path, const Link&) { links.push_back(path); }),
        Error)
        << "which members a damaged group has is not known";
    EXPECT_EQ(links, (Names{"a", "b", "b/x", "c", "d", "d/e", "d/e/f", "g"}));
}

TEST(Group, AGroupThatContainsItselfIsVisitedOnce) {
    const File file = File::in_memory();
    const Group group = file.create_group("g");
    group.create_hard_link("self", group);
    int count = 0;
    file.visit([&](const std::string&, const Object&) { ++count; });
    EXPECT_EQ(count, 1);
    EXPECT_EQ(group["self/self/self"], group);
}

}  // namespace
}  // namespace hyperslab
