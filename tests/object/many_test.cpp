// Datasets and attributes that are made together: all of them, or none.

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

TEST(CreateMany, IsWhatEachAloneIs) {
    const File file = File::in_memory();
    file.create_many(std::map<std::string, std::vector<double>>{{"x", {1, 2}}, {"deep/y", {}}});
    file.create_many(std::vector<std::pair<std::string, int>>{{"a", 1}, {"b", 2}});
    const std::map<std::string, std::string> texts{{"t", "one"}, {"u", "two"}};
    file.create_many(texts);
    file.create_many(std::map<std::string, Array<int>>{{"z", Array<int>({2, 3}, 7)}},
                     {.chunks = {1, 3}, .filters = {deflate(4)}});
    file.create_many(std::map<std::string, std::vector<std::array<float, 2>>>{{"rows", {{1, 2}}}});
    file.create_many(std::map<std::string, int>());
    EXPECT_EQ(file.dataset("x").read<double>().to_vector(), (std::vector<double>{1, 2}));
    EXPECT_EQ(file.dataset("deep/y").shape(), (Shape{0}));
    EXPECT_EQ(file.dataset("b").get<int>(), 2);
    EXPECT_EQ(file.dataset("u").get<std::string>(), "two");
    EXPECT_EQ(file.dataset("z").chunks(), (Shape{1, 3}));
    EXPECT_EQ(file.dataset("z").get<int>({at(1), at(2)}), 7);
    EXPECT_EQ(file.dataset("rows").shape(), (Shape{1, 2}));
}

TEST(CreateMany, MakesAllOrNone) {
    const File file = File::in_memory();
    file.create_dataset("taken", 0);
    using Numbers = std::vector<std::pair<std::string, int>>;
    expect_error(ErrorCode::already_exists, "taken", [&] {
        file.create_many(Numbers{{"new", 1}, {"taken", 2}, {"other", 3}});
    });
    expect_error(ErrorCode::already_exists, "new", [&] {
        file.create_many(Numbers{{"new", 1}, {"new", 2}});
    });
    expect_error(ErrorCode::invalid_argument, "names", [&] {
        file.create_many(Numbers{{"new", 1}, {"", 2}});
    });
    expect_error(ErrorCode::invalid_argument, "NUL", [&] {
        file.create_many(
            std::map<std::string, std::string>{{"new", "a"}, {"z", std::string("a\0b", 3)}});
    });
    EXPECT_EQ(file.names(), (std::vector<std::string>{"taken"}));
    EXPECT_EQ(file.dataset("taken").get<int>(), 0);
}

TEST(UpdateAttributes, IsWhatAssigningEachIs) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    attributes["old"] = "text";
    attributes.update(std::map<std::string, int>{{"old", 1}, {"plate", 4857}});
    attributes.update({std::pair<std::string, double>{"x", 1.5}, {"y", 2.5}});
    attributes.update(std::map<std::string, std::vector<std::string>>{{"words", {"a", "bc"}}});
    attributes.update(std::map<std::string, const char*>{{"unit", "m"}});
    EXPECT_EQ(attributes["old"].get<int>(), 1);
    EXPECT_EQ(attributes["plate"].get<int>(), 4857);
    EXPECT_EQ(attributes["y"].get<double>(), 2.5);
    EXPECT_EQ(attributes["words"].get<std::vector<std::string>>(),
              (std::vector<std::string>{"a", "bc"}));
    EXPECT_EQ(attributes["unit"].get<std::string>(), "m");
    EXPECT_EQ(attributes.size(), 6u);
}

TEST(UpdateAttributes, SetsAllOrNone) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    attributes["old"] = 1;
    using Texts = std::map<std::string, std::string>;
    expect_error(ErrorCode::invalid_argument, "'z'", [&] {
        attributes.update(Texts{{"new", "a"}, {"old", "b"}, {"z", std::string("a\0b", 3)}});
    });
    expect_error(ErrorCode::invalid_argument, "name", [&] {
        attributes.update(Texts{{"", "a"}, {"old", "b"}});
    });
    using Numbers = std::vector<std::pair<std::string, std::vector<char>>>;
    const std::vector<char> large(70'000);
    EXPECT_THROW(attributes.update(Numbers{{"new", {1}}, {"old", {2}}, {"large", large}}), Error);
    EXPECT_EQ(attributes.names(), (std::vector<std::string>{"old"}));
    EXPECT_EQ(attributes["old"].get<int>(), 1);
    attributes.update(Texts{{"old", "b"}, {"old (new 0)", "c"}});
    EXPECT_EQ(attributes["old"].get<std::string>(), "b");
    EXPECT_EQ(attributes["old (new 0)"].get<std::string>(), "c");
}

}  // namespace
}  // namespace hyperslab
