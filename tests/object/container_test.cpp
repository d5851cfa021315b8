// Containers of C++ as axes of datasets, and as elements where the file has arrays or sequences.

#include <array>
#include <cstdint>
#include <deque>
#include <numeric>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace measured {

struct Measured {
    int id = 0;
    std::vector<double> flux{};
    std::vector<std::vector<int>> image{};
    std::array<std::string, 2> notes{};
};
HYPERSLAB_RECORD(Measured, id, flux, image, notes);

}  // namespace measured

namespace hyperslab {
namespace {

using Rows = std::vector<std::vector<double>>;
using Points = std::vector<std::array<double, 3>>;

const Rows kRows{{0, 1, 2}, {3, 4, 5}};
const Points kPoints{{0, 1, 2}, {3, 4, 5}};
const Array<double> kGrid({2, 3}, std::vector<double>{0, 1, 2, 3, 4, 5});

// ---- as axes ----

TEST(ContainersAsAxes, MakeDatasetsOfSeveralDimensions) {
    const File file = File::in_memory();
    const double plain[2][3] = {{0, 1, 2}, {3, 4, 5}};
    const std::array<std::vector<double>, 2> mixed{kRows[0], kRows[1]};
    const std::deque<std::vector<double>> elsewhere{kRows[0], kRows[1]};
    int made = 0;
    const auto check = [&](const auto& value) {
        const Dataset dataset = file.create_dataset("x" + std::to_string(made++), value);
        EXPECT_EQ(dataset.shape(), (Shape{2, 3}));
        EXPECT_EQ(dataset.datatype(), NativeType<double>::datatype());
        EXPECT_EQ(dataset.read<double>(), kGrid);
        file.attributes()["a"] = value;
        EXPECT_EQ(file.attributes().read<double>("a"), kGrid);
    };
    check(kRows);
    check(kPoints);
    check(plain);
    check(mixed);
    check(elsewhere);
    check(Array<std::array<double, 3>>({2}, kPoints));
    const std::vector<std::vector<std::array<std::int8_t, 2>>> deep(4, {{1, 2}, {3, 4}, {5, 6}});
    const Dataset dataset = file.create_dataset("deep", deep);
    EXPECT_EQ(dataset.shape(), (Shape{4, 3, 2}));
    EXPECT_EQ(dataset.get<int>({at(3), at(2), at(1)}), 6);
    EXPECT_EQ(file.create_dataset("none", Rows{}).shape(), (Shape{0, 0}));
    EXPECT_EQ(file.create_dataset("no points", Points{}).shape(), (Shape{0, 3}));
    EXPECT_EQ(file.create_dataset("empty", Rows{{}, {}}).shape(), (Shape{2, 0}));
}

TEST(ContainersAsAxes, AreReadFromDatasetsOfSeveralDimensions) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", kGrid);
    EXPECT_EQ((dataset.read<std::array<double, 3>>().to_vector()), kPoints);
    EXPECT_EQ(dataset.read<std::vector<double>>().to_vector(), kRows);
    EXPECT_EQ(dataset.get<Rows>(), kRows);
    EXPECT_EQ((dataset.get<std::array<std::vector<float>, 2>>()[1][2]), 5.0F);
    EXPECT_EQ(dataset.get<std::vector<int>>({at(1)}), (std::vector<int>{3, 4, 5}));
    EXPECT_EQ(dataset.get<std::vector<int>>({all, at(-1)}), (std::vector<int>{2, 5}));
    EXPECT_EQ((dataset.get<std::array<int, 2>>({at(0), indices({0, 2})})), (std::array{0, 2}));
    EXPECT_EQ(dataset.read<std::vector<int>>({slice(0, 0)}).shape(), (Shape{0}));

    double plain[2][3] = {};
    dataset.read_into(plain);
    EXPECT_EQ(plain[1][0], 3);
    Rows rows;
    dataset.read_into(rows, {all, slice(1, 3)});
    EXPECT_EQ(rows, (Rows{{1, 2}, {4, 5}}));
    Points points;
    dataset.read_into(points);
    EXPECT_EQ(points, kPoints);
}

TEST(ContainersAsAxes, AreWrittenWithTheirShape) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<float>("x", {4, 3});
    dataset.write(kRows, {slice(0, 2)});
    dataset.write(kPoints, {slice(2, 4)});
    EXPECT_EQ(dataset.get<float>({at(3), at(0)}), 3);
    dataset.set(std::array{7, 8, 9}, {at(1)});
    EXPECT_EQ(dataset.get<std::vector<int>>({at(1)}), (std::vector<int>{7, 8, 9}));
    dataset.write({1, 2, 3}, {at(0)});
    dataset.write({{1, 2, 3}, {4, 5, 6}}, {slice(2, 4)});
    EXPECT_EQ(dataset.read<int>().to_vector(),
              (std::vector<int>{1, 2, 3, 7, 8, 9, 1, 2, 3, 4, 5, 6}));
    expect_error(ErrorCode::type_mismatch, "(2, 3)", [&] { dataset.write(kRows); });
    expect_error(ErrorCode::type_mismatch, "lengths", [&] { dataset.write(Rows{{1, 2, 3}, {1}}); });
}

TEST(ContainersAsAxes, AreMadeOfBraces) {
    const File file = File::in_memory();
    const Dataset grid = file.create_dataset("x", {{1, 2}, {3, 4}, {5, 6}}, {.chunks = {1, 2}});
    EXPECT_EQ(grid.shape(), (Shape{3, 2}));
    EXPECT_EQ(grid.datatype(), NativeType<int>::datatype());
    EXPECT_EQ(grid.read<int>().to_vector(), (std::vector<int>{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(file.create_dataset("one", {{1.5, 2.5}}).shape(), (Shape{1, 2}));
    const Dataset sequences = file.create_dataset("sequences", {{1}, {2, 3}});
    EXPECT_EQ(sequences.get<std::vector<int>>(at(1)), (std::vector<int>{2, 3}));
    const Dataset texts = file.create_dataset("texts", {{"a", "b"}, {"c", "d"}});
    EXPECT_EQ(texts.get<std::string>({at(1), at(0)}), "c");
    texts.write({{"e"}, {"f"}});
    EXPECT_EQ(texts.get<std::string>({at(1), at(1)}), "f");
    const Dataset flags = file.create_dataset("flags", {{true, false}});
    EXPECT_EQ(flags.get<bool>({at(0), at(1)}), false);
}

TEST(ContainersAsAxes, HaveTheLengthOfTheirAxis) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", kGrid);
    expect_error(
        ErrorCode::invalid_argument, "(2, 3)", [&] { dataset.read<std::array<double, 4>>(); });
    expect_error(ErrorCode::invalid_argument, "(2, 3)", [&] { dataset.get<std::vector<Rows>>(); });
    double plain[3][2];
    expect_error(ErrorCode::invalid_argument, "(2, 3)", [&] { dataset.read_into(plain); });
}

TEST(ContainersAsAxes, HoldTextsToo) {
    const File file = File::in_memory();
    const std::vector<std::vector<std::string>> names{{"a", "bb"}, {"", "longer than others"}};
    for (const Datatype& type : {Datatype::variable_string(), Datatype::fixed_string(20)}) {
        const Dataset dataset = file.create_dataset(to_string(type), type, {2, 2});
        dataset.write(names);
        EXPECT_EQ(dataset.get<std::vector<std::vector<std::string>>>(), names);
        EXPECT_EQ((dataset.read<std::array<std::string, 2>>()[1][1]), "longer than others");
    }
    EXPECT_EQ(file.create_dataset("x", names).shape(), (Shape{2, 2}));
    const char fixed[2][4] = {"ab", "xyz"};
    EXPECT_EQ(file.create_dataset("f", fixed).read<std::string>().to_vector(),
              (std::vector<std::string>{"ab", "xyz"}));
    EXPECT_EQ(file.dataset("f").datatype(), Datatype::fixed_string(4));
}

TEST(ContainersAsAxes, OfAttributesComeAndGoWhole) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    attributes["row"] = {1, 2, 3};
    EXPECT_EQ(attributes.get<std::vector<int>>("row"), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ((attributes.get<std::array<double, 3>>("row")), (std::array<double, 3>{1, 2, 3}));
    attributes["rows"] = kRows;
    EXPECT_EQ(attributes.get<Rows>("rows"), kRows);
    EXPECT_EQ(attributes.read<std::vector<double>>("rows").to_vector(), kRows);
    attributes["rows"].write(kPoints);
    attributes["names"] = std::vector<std::string>{"x", "yz"};
    EXPECT_EQ(attributes.get<std::vector<std::string>>("names")[1], "yz");
    attributes["none"] = std::vector<int>{};
    EXPECT_TRUE(attributes.get<std::vector<int>>("none").empty());
    expect_error(
        ErrorCode::invalid_argument, "(3,)", [&] { attributes.get<std::array<int, 2>>("row"); });
    expect_error(ErrorCode::invalid_argument, "one", [&] { attributes.get<int>("row"); });
}

// ---- as elements ----

TEST(ContainersAsElements, AreWhatTheFileHas) {
    const File file = File::in_memory();
    const Dataset sequences = file.create_dataset<std::vector<double>>("vlen", {2});
    const Dataset arrays = file.create_dataset<std::array<double, 3>>("array", {2});
    for (const Dataset& dataset : {sequences, arrays}) {
        dataset.write(kRows);
        EXPECT_EQ(dataset.shape(), (Shape{2}));
        EXPECT_EQ(dataset.read<std::vector<double>>().to_vector(), kRows);
        EXPECT_EQ(dataset.get<Rows>(), kRows);
        dataset.set(std::vector<int>{7, 8, 9}, at(0));
        EXPECT_EQ(dataset.get<std::vector<double>>(at(0)), (std::vector<double>{7, 8, 9}));
    }
    arrays.write(kPoints);
    EXPECT_EQ((arrays.read<std::array<float, 3>>()[1][2]), 5.0F);
    sequences.set(std::vector<double>{1}, at(1));
    expect_error(
        ErrorCode::type_mismatch, "length", [&] { arrays.set(std::vector<double>{1}, at(1)); });
}

TEST(ContainersAsElements, OfDifferentLengthsAreSequences) {
    const File file = File::in_memory();
    const Rows ragged{{1, 2, 3}, {}, {4}};
    const Dataset dataset = file.create_dataset("x", ragged);
    EXPECT_EQ(dataset.shape(), (Shape{3}));
    EXPECT_EQ(dataset.datatype().type_class(), TypeClass::vlen);
    EXPECT_EQ(dataset.read<std::vector<double>>().to_vector(), ragged);
    EXPECT_EQ(dataset.get<Rows>(), ragged);
    file.attributes()["x"] = ragged;
    EXPECT_EQ(file.attributes().get<Rows>("x"), ragged);
}

TEST(ContainersAsElements, OfRecordsComeFromArraysAndSequences) {
    const File file = File::in_memory();
    const Datatype number = Datatype::floating(4, ByteOrder::big);
    const Datatype type =
        Datatype::compound(12 + 4 * 4 + 2 * 5,
                           {{"flux", 0, Datatype::array(number, {3})},
                            {"image", 12, Datatype::array(Datatype::integer(2, true), {2, 4})},
                            {"notes", 28, Datatype::array(Datatype::fixed_string(5), {2})}});
    const Datatype whole = Datatype::compound(42,
                                              {{"id", 0, Datatype::integer(4, true)},
                                               {"flux", 4, type.members()[0].type},
                                               {"image", 16, type.members()[1].type},
                                               {"notes", 32, type.members()[2].type}});
    const Dataset dataset = file.create_dataset("x", whole, {2});
    const measured::Measured first{5, {1, 2, 3}, {{1, 2, 3, 4}, {5, 6, 7, 8}}, {"abc", "abcde"}};
    dataset.set(first, at(0));
    const auto read = dataset.get<measured::Measured>(at(0));
    EXPECT_EQ(read.id, 5);
    EXPECT_EQ(read.flux, first.flux);
    EXPECT_EQ(read.image, first.image);
    EXPECT_EQ(read.notes, first.notes);
    measured::Measured shorter = first;
    shorter.flux.pop_back();
    expect_error(ErrorCode::type_mismatch, "3", [&] { dataset.set(shorter, at(1)); });

    const Dataset own = file.create_dataset("own", std::vector{first, shorter});
    EXPECT_EQ(own.get<measured::Measured>(at(1)).flux, shorter.flux);
    EXPECT_EQ(own.get<measured::Measured>(at(0)).image, first.image);
}

}  // namespace
}  // namespace hyperslab
