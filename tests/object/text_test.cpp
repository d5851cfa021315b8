// Texts of fixed and of varying length, and characters that end C's strings.

#include <array>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace texts {

struct Named {
    std::string name{};
    int id = 0;
};
HYPERSLAB_RECORD(Named, name, id);

struct FixedName {
    hyperslab::FixedString<6> name{};
};
HYPERSLAB_RECORD(FixedName, name);

struct NameOnly {
    std::string name{};
};
HYPERSLAB_RECORD(NameOnly, name);

}  // namespace texts

namespace hyperslab {
namespace {

using namespace std::string_literals;
using enum StringPadding;

constexpr auto kRefused = ErrorCode::invalid_argument;

TEST(NulInAText, IsRefusedWhereStringsEndAtIt) {
    const File file = File::in_memory();
    const std::string text = "ab\0cd"s;
    const Dataset variable = file.create_dataset("v", Datatype::variable_string(), {2});
    const Dataset terminated = file.create_dataset(
        "t", Datatype::fixed_string(8, CharacterSet::utf8, null_terminated), {2});
    for (const Dataset& dataset : {variable, terminated}) {
        expect_error(kRefused, "NUL", [&] { dataset.write(std::vector<std::string>{"x", text}); });
        expect_error(kRefused, "NUL", [&] { dataset.set(text, at(0)); });
        expect_error(kRefused, "NUL", [&] { dataset.write(std::string_view(text)); });
        EXPECT_EQ(dataset.get<std::string>(at(0)), "");
    }
    expect_error(kRefused, "NUL", [&] { file.attributes()["a"] = text; });
    EXPECT_FALSE(file.attributes().contains("a"));
    expect_error(kRefused, "NUL", [&] { file.create_dataset("x", text); });
    EXPECT_FALSE(file.contains("x")) << "what could not be filled is not left behind";
    expect_error(
        kRefused, "NUL", [&] { file.create_dataset("r", std::vector{texts::Named{text, 1}}); });
}

TEST(NulInAText, IsKeptByPaddedStrings) {
    const File file = File::in_memory();
    const std::string text = "ab\0cd"s;
    for (const StringPadding padding : {null_padded, space_padded}) {
        const Dataset dataset =
            file.create_dataset(std::to_string(static_cast<int>(padding)),
                                Datatype::fixed_string(8, CharacterSet::ascii, padding),
                                {2});
        dataset.write(std::vector<std::string>{"x", text});
        EXPECT_EQ(dataset.read<std::string>().to_vector(), (std::vector<std::string>{"x", text}));
        EXPECT_EQ(dataset.get<std::string>(at(1)), text);
        EXPECT_EQ(dataset.read_elements()[1].to_text(), text);
        expect_error(kRefused, "at its end", [&] { dataset.set("ab\0"s, at(0)); });
    }
    file.attributes()["a"].create(Datatype::fixed_string(5), {}, text);
    EXPECT_EQ(file.attributes().get<std::string>("a"), text);
}

TEST(FixedStrings, KeepTheirBytes) {
    const File file = File::in_memory();
    const FixedString<6> text("a\0b"s);
    EXPECT_EQ(text.string(), "a\0b"s);
    EXPECT_EQ(FixedString<6>("ab").string(), "ab");
    const Dataset dataset = file.create_dataset("x", std::vector{text, FixedString<6>("sixsix")});
    EXPECT_EQ(dataset.get<FixedString<6>>(at(0)), text);
    EXPECT_EQ(dataset.get<FixedString<9>>(at(0)).string(), "a\0b"s);
    EXPECT_EQ(dataset.get<std::string>(at(0)), "a\0b"s);
    EXPECT_EQ(dataset.get<FixedString<3>>(at(1)).string(), "six");
    const Dataset spaces =
        file.create_dataset("s", Datatype::fixed_string(8, CharacterSet::utf8, space_padded), {1});
    spaces.set(text, at(0));
    EXPECT_EQ(spaces.get<std::string>(at(0)), "a\0b"s);
    EXPECT_EQ(spaces.get<FixedString<8>>(at(0)).string(), "a\0b"s);
}

TEST(FixedStrings, BecomeVaryingOnesAndBack) {
    const File file = File::in_memory();
    const std::vector<FixedString<6>> fixed{"ab", "sixsix", ""};
    const std::vector<std::string> texts{"ab", "sixsix", ""};
    const Dataset variable = file.create_dataset<std::string>("v", {3}, {.chunks = {2}});
    variable.write(fixed);
    EXPECT_EQ(variable.read<std::string>().to_vector(), texts);
    EXPECT_EQ(variable.read<FixedString<6>>().to_vector(), fixed);
    EXPECT_EQ(variable.get<FixedString<4>>(at(1)).string(), "sixs");
    variable.set(FixedString<3>("new"), at(0));
    EXPECT_EQ(variable.get<std::string>(at(0)), "new");
    EXPECT_EQ(variable.get<std::string>(at(1)), "sixsix");

    const Dataset records =
        file.create_dataset("r", std::vector<texts::Named>{{"abc", 1}, {"", 2}});
    EXPECT_EQ(records.get<texts::FixedName>(at(0)).name.string(), "abc");
    records.write(texts::FixedName{"sixsix"}, at(1));
    EXPECT_EQ(records.get<texts::Named>(at(1)).name, "sixsix");
    EXPECT_EQ(records.get<texts::Named>(at(1)).id, 2);
    records.field("name").write(fixed[0]);
    EXPECT_EQ(records.get<texts::Named>(at(0)).name, "ab");

    file.attributes()["v"] = texts;
    EXPECT_EQ(file.attributes().read<FixedString<6>>("v").to_vector(), fixed);
    file.attributes()["v"].write(fixed);
    EXPECT_EQ(file.attributes().read<std::string>("v").to_vector(), texts);
}

TEST(FixedStrings, OfRecordsAreReadAsTexts) {
    const File file = File::in_memory();
    const Datatype type =
        Datatype::compound(14,
                           {{"id", 0, Datatype::integer(4, true, ByteOrder::big)},
                            {"name", 4, Datatype::fixed_string(10, CharacterSet::ascii)}});
    const Dataset dataset = file.create_dataset("x", type, {20000}, {.chunks = {1000}});
    const std::string text = "ab\0cd"s;
    std::vector<texts::Named> values;
    for (int i = 0; i < 20000; ++i) {
        values.push_back({i % 2 == 0 ? text : std::to_string(i), i});
    }
    dataset.write(values);
    file.flush();
    const auto read = dataset.read<texts::Named>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        ASSERT_EQ(read[i].name, values[i].name);
        ASSERT_EQ(read[i].id, values[i].id);
    }
    EXPECT_EQ(dataset.field("name").read<std::string>()[19999], "19999");
}

TEST(FixedStrings, AreReadOneByOneAsOftenAsOneLikes) {
    const ScratchPath path("one_by_one.h5");
    const File file(path, Mode::create);
    const std::string text(90, 'x');
    const Dataset dataset =
        file.create_dataset("x", std::vector<FixedString<100>>(500, FixedString<100>(text)));
    const Dataset rows = file.create_dataset("rows", std::vector<texts::FixedName>(500));
    for (int i = 0; i < 500; ++i) {
        ASSERT_EQ(dataset.get<std::string>(at(i * 7 % 500)), text);
        ASSERT_EQ(rows.get<texts::NameOnly>(at(i * 7 % 500)).name, "");
    }
}

TEST(FillValuesOfTexts, AreReadBack) {
    const File file = File::in_memory();
    for (const Datatype& type : {Datatype::variable_string(),
                                 Datatype::fixed_string(8),
                                 Datatype::fixed_string(8, CharacterSet::ascii, space_padded)}) {
        const Dataset dataset = file.create_dataset(
            to_string(type) + std::to_string(static_cast<int>(type.string_padding())),
            type,
            {4},
            {.chunks = {2}, .fill_value = fill_value("none")});
        dataset.set("some", at(3));
        EXPECT_EQ(dataset.read<std::string>().to_vector(),
                  (std::vector<std::string>{"none", "none", "none", "some"}));
        ASSERT_TRUE(dataset.fill_value());
        EXPECT_EQ(element_of(*dataset.fill_value())[0].to_text(), "none");
        const Dataset like = file.create_dataset_like(dataset.name() + " like", dataset);
        EXPECT_EQ(like.get<std::string>(at(0)), "none");
        EXPECT_EQ(file.create_dataset(dataset.name() + " options", type, {4}, dataset.options())
                      .get<std::string>(at(0)),
                  "none");
    }
    const Dataset without = file.create_dataset<std::string>("without", {1});
    EXPECT_EQ(without.get<std::string>(at(0)), "");
}

}  // namespace
}  // namespace hyperslab
