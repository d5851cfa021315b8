#include <string>
#include <variant>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

TEST(Link, SaysWhatItIs) {
    const File file = File::in_memory();
    file.create_group("g/h");
    file.create_soft_link("g/soft", "h");
    file.create_external_link("g/external", "other.h5", "/a/b");
    EXPECT_EQ(file.link("g"), Link(HardLink{}));
    EXPECT_EQ(file.link("g/soft"), Link(SoftLink{"h"}));
    EXPECT_EQ(file.link("g/external"), Link(ExternalLink{"other.h5", "/a/b"}));
    const auto links = file.group("g").links();
    ASSERT_EQ(links.size(), 3u);
    EXPECT_EQ(links[0].first, "external");
    EXPECT_EQ(links[1].second, Link(HardLink{}));
    EXPECT_EQ(links[2].second, Link(SoftLink{"h"}));
    expect_error(ErrorCode::not_found, "nothing", [&] { file.link("nothing"); });
}

TEST(Link, SoftLinksLeadToWhatIsThere) {
    const File file = File::in_memory();
    file.create_soft_link("deep/soft", "/target");
    EXPECT_TRUE(file.contains("deep/soft")) << "the link is there";
    EXPECT_FALSE(file.find("deep/soft")) << "but not what it leads to";
    expect_error(ErrorCode::not_found, "deep/soft", [&] { file["deep/soft"]; });
    file.create_dataset("target", 3);
    EXPECT_EQ(file.dataset("deep/soft").get<int>(), 3);
    EXPECT_EQ(file["deep/soft"], file["target"]);
}

TEST(Link, ExternalLinksLeadIntoOtherFiles) {
    const ScratchPath path("links.h5");
    const ScratchPath other("links_other.h5");
    File(other, Mode::create).create_dataset("data/x", 9);
    const File file(path, Mode::create);
    file.create_external_link("there", other, "/data");
    file.create_external_link("nowhere", "links_missing.h5", "/data");
    EXPECT_EQ(file.dataset("there/x").get<int>(), 9);
    EXPECT_TRUE(file["there"].file().filename().ends_with(other.string()));
    EXPECT_FALSE(file.find("nowhere"));
    EXPECT_THROW(file["nowhere"], Error);
}

TEST(Link, RemovingTheLastHardLinkRemovesTheObject) {
    const File file = File::in_memory();
    file.create_dataset("x", 1);
    file.create_hard_link("y", file["x"]);
    file.remove("x");
    EXPECT_EQ(file.dataset("y").get<int>(), 1);
    file.remove("y");
    EXPECT_TRUE(file.empty());
    expect_error(ErrorCode::not_found, "y", [&] { file.remove("y"); });
}

TEST(Link, MovingRenames) {
    const File file = File::in_memory();
    file.create_dataset("x", 1);
    file.move("x", "a/b/y");
    file.move("a", "a");
    EXPECT_FALSE(file.contains("x"));
    EXPECT_EQ(file.dataset("a/b/y").get<int>(), 1);
    EXPECT_THROW(file.move("x", "z"), Error);
    file.create_group("g");
    EXPECT_THROW(file.move("g", "a"), Error);
}

TEST(Link, VisitLinksSeesEveryLink) {
    const File file = File::in_memory();
    file.create_group("a/b");
    file.create_soft_link("a/soft", "/nowhere");
    file.create_external_link("external", "x.h5", "/");
    std::vector<std::string> found;
    file.visit_links([&](const std::string& path, const Link& link) {
        found.push_back(path + (std::holds_alternative<HardLink>(link) ? "" : "*"));
    });
    EXPECT_EQ(found, (std::vector<std::string>{"a", "a/b", "a/soft*", "external*"}));
}

TEST(Copy, TakesGroupsWithEverything) {
    const File file = File::in_memory();
    const Group group = file.create_group("g");
    group.create_dataset("d/x", std::vector<int>{1, 2, 3});
    group.attributes()["a"] = 5;
    group.create_soft_link("soft", "/g/d/x");
    file.copy("g", "h/i");
    EXPECT_EQ(file.dataset("h/i/d/x").read<int>().to_vector(), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(file["h/i"].attributes().get<int>("a"), 5);
    EXPECT_EQ(file.link("h/i/soft"), Link(SoftLink{"/g/d/x"}));

    const File other = File::in_memory();
    other.copy(group, "taken");
    EXPECT_EQ(other.dataset("taken/d/x").size(), 3u);
}

TEST(Copy, OptionsSayWhatComesAlong) {
    const File file = File::in_memory();
    const Group group = file.create_group("g");
    group.create_dataset("d/x", 1);
    group.attributes()["a"] = 5;
    group.create_soft_link("soft", "d/x");
    file.copy(group, "bare", {.without_attributes = true});
    EXPECT_TRUE(file["bare"].attributes().empty());
    file.copy(group, "shallow", {.shallow = true});
    EXPECT_TRUE(file.group("shallow/d").empty());
    file.copy(group, "expanded", {.expand_soft_links = true});
    EXPECT_EQ(file.link("expanded/soft"), Link(HardLink{}));
    expect_error(ErrorCode::not_found, "nothing", [&] { file.copy("nothing", "x"); });
}

}  // namespace
}  // namespace hyperslab
