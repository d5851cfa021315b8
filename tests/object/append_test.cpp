// Datasets that grow with what is appended, attributes with another value, and keys of hash tables.

#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

const DatasetOptions kGrowing{.chunks = {4}, .max_shape = Shape{kUnlimited}};

TEST(Append, TakesOneElementOrMore) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<double>("x", {0}, kGrowing);
    dataset.append(1);
    dataset.append(2.5);
    dataset.append(std::vector<float>{3, 4});
    dataset.append({5, 6});
    dataset.append(std::vector<int>{});
    EXPECT_EQ(dataset.read<double>().to_vector(), (std::vector<double>{1, 2.5, 3, 4, 5, 6}));
    const Dataset texts = file.create_dataset<std::string>("t", {0}, kGrowing);
    texts.append("one");
    texts.append(std::string("two"));
    texts.append({"three", "four"});
    EXPECT_EQ(texts.read<std::string>().to_vector(),
              (std::vector<std::string>{"one", "two", "three", "four"}));
    const Dataset sequences = file.create_dataset<std::vector<int>>("s", {0}, kGrowing);
    sequences.append(std::vector<std::vector<int>>{{1, 2}, {3}});
    EXPECT_EQ(sequences.get<std::vector<int>>(at(1)), (std::vector<int>{3}));
}

TEST(Append, TakesRowsAndBlocksAlongAnyAxis) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<int>(
        "x", {0, 3}, {.chunks = {2, 3}, .max_shape = Shape{kUnlimited, 3}});
    dataset.append({1, 2, 3});
    dataset.append(std::array{4, 5, 6});
    dataset.append(std::vector<std::array<int, 3>>{{7, 8, 9}, {10, 11, 12}});
    dataset.append(Array<int>({1, 3}, 0));
    EXPECT_EQ(dataset.shape(), (Shape{5, 3}));
    EXPECT_EQ(dataset.get<int>({at(3), at(2)}), 12);
    const Dataset images = file.create_dataset<int>(
        "i", {2, 2, 0}, {.chunks = {2, 2, 1}, .max_shape = Shape{2, 2, kUnlimited}});
    images.append(Array<int>({2, 2}, 7), 2);
    images.append({{1, 2}, {3, 4}}, 2);
    EXPECT_EQ(images.shape(), (Shape{2, 2, 2}));
    EXPECT_EQ(images.get<int>({at(1), at(0), at(1)}), 3);
}

TEST(Append, LeavesADatasetAsItWasWhenItFails) {
    const File file = File::in_memory();
    const Dataset table =
        file.create_dataset<int>("x", {1, 3}, {.chunks = {2, 3}, .max_shape = Shape{2, 3}});
    const Dataset fixed = file.create_dataset<int>("fixed", {3});
    constexpr auto kBad = ErrorCode::invalid_argument;
    expect_error(kBad, "(1, 3)", [&] { table.append({1, 2}); });
    expect_error(kBad, "(1, 3)", [&] { table.append(1); });
    expect_error(kBad, "(1, 3)", [&] { table.append(Array<int>({1, 1, 3})); });
    expect_error(kBad, "axis 2", [&] { table.append({1, 2, 3}, 2); });
    expect_error(ErrorCode::type_mismatch, "", [&] { table.append({"a", "b", "c"}); });
    EXPECT_EQ(table.shape(), (Shape{1, 3}));
    table.append({1, 2, 3});
    expect_error(kBad, "", [&] { table.append({1, 2, 3}); });
    EXPECT_EQ(table.shape(), (Shape{2, 3}));
    expect_error(ErrorCode::type_mismatch, "chunked", [&] { fixed.append(1); });
    const Dataset texts = file.create_dataset<std::string>("t", {0}, kGrowing);
    expect_error(kBad, "NUL", [&] { texts.append(std::string("a\0b", 3)); });
    EXPECT_EQ(texts.size(), 0u);
}

// ---- attributes with another value ----

TEST(GetOr, IsTheOtherValueOnlyWhereThereIsNone) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    attributes["plate"] = 4857;
    attributes["null"] = Empty{NativeType<int>::datatype()};
    attributes["name"] = "boss";
    EXPECT_EQ(attributes.get_or("plate", 1), 4857);
    EXPECT_EQ(attributes.get_or("fibre", 1), 1);
    EXPECT_EQ(attributes.get_or("null", 7.5), 7.5);
    EXPECT_EQ(attributes.get_or("name", "none"), "boss");
    EXPECT_EQ(attributes.get_or("other", "none"), "none");
    EXPECT_EQ(attributes.get_or("row", std::vector<int>{1}), (std::vector<int>{1}));
    expect_error(ErrorCode::type_mismatch, "'name'", [&] { attributes.get_or("name", 1); });
    EXPECT_TRUE(attributes["plate"].has_value());
    EXPECT_FALSE(attributes["null"].has_value());
    EXPECT_FALSE(attributes["fibre"].has_value());
    file.close();
    expect_error(ErrorCode::closed, "", [&] { attributes.get_or("plate", 1); });
}

// ---- keys ----

TEST(Keys, OfHashTablesAreObjectsOfEveryKindAndReferences) {
    const File file = File::in_memory();
    const Group group = file.create_group("g");
    const Dataset dataset = group.create_dataset("x", 1);
    const std::unordered_set<Dataset> datasets{dataset, file.dataset("g/x")};
    EXPECT_EQ(datasets.size(), 1u);
    const std::unordered_set<Group> groups{group, file.group("g"), file};
    EXPECT_EQ(groups.size(), 2u);
    const std::unordered_map<Object, int> objects{{group, 1}, {dataset, 2}};
    EXPECT_EQ(objects.at(file["g/x"]), 2);
    const std::unordered_set<File> files{file, dataset.file()};
    EXPECT_EQ(files.size(), 1u);
    const std::unordered_set<ObjectReference> references{
        dataset.reference(), file.dataset("g/x").reference(), group.reference()};
    EXPECT_EQ(references.size(), 2u);
    EXPECT_EQ(std::unordered_set<RegionReference>({{}, {}}).size(), 1u);
    EXPECT_EQ(std::unordered_set<FixedString<4>>({"a", "b", "a"}).size(), 2u);
}

}  // namespace
}  // namespace hyperslab
