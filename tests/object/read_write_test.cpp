#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <list>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

using Values = std::vector<int>;

Values counted(std::size_t count, int first = 0) {
    Values values(count);
    std::iota(values.begin(), values.end(), first);
    return values;
}

/// A dataset of shape (4, 6) that counts up from 0.
Dataset grid(const Group& group, const DatasetOptions& options = {}) {
    const Dataset dataset = group.create_dataset<int>("grid", {4, 6}, options);
    dataset.write(counted(24));
    return dataset;
}

// ---- reading ----

TEST(Read, SlicesAreThoseOfNumpy) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    const auto rows = dataset.read<int>({slice(1, 3)});
    EXPECT_EQ(rows.shape(), (Shape{2, 6}));
    EXPECT_EQ(rows(1, 5), 17);
    const auto column = dataset.read<int>({all, at(-1)});
    EXPECT_EQ(column.shape(), (Shape{4}));
    EXPECT_EQ(column.to_vector(), (Values{5, 11, 17, 23}));
    EXPECT_EQ(dataset.read<int>({at(2), slice(0, 6, 2)}).to_vector(), (Values{12, 14, 16}));
    EXPECT_EQ(dataset.read<int>({ellipsis, indices({0, 3})}).shape(), (Shape{4, 2}));
    EXPECT_EQ(dataset.read<int>({mask({1, 0, 0, 1}), at(0)}).to_vector(), (Values{0, 18}));
    EXPECT_EQ(dataset.read<int>({multi_block(0, 2, 2, 2), at(0)}).shape(), (Shape{4}));
    EXPECT_EQ(dataset.get<int>({at(3), at(4)}), 22);
    EXPECT_EQ(dataset.read<int>().size(), 24u);
    EXPECT_TRUE(dataset.read<int>({slice(2, 2)}).empty());
}

TEST(Read, SelectionsThatNoExpressionCanSay) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    std::vector<std::uint8_t> wanted(24);
    wanted[3] = wanted[7] = wanted[23] = 1;
    const Shape shape = dataset.shape();
    EXPECT_EQ(dataset.read<int>(Selection::from_mask(shape, wanted)).to_vector(),
              (Values{3, 7, 23}));
    EXPECT_EQ(dataset.read<int>(Selection::points(shape, {3, 5, 0, 0})).to_vector(),
              (Values{23, 0}))
        << "points come in their own order";
    EXPECT_TRUE(dataset.read<int>(Selection::none(shape)).empty());
}

// From some reads on they come from memory.
TEST(Read, ElementsOneByOneAreThoseOfTheFile) {
    const ScratchPath path("elements.h5");
    File file(path, Mode::create);
    const Dataset dataset = grid(file, {.chunks = {2, 6}, .max_shape = Shape{kUnlimited, 6}});
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 24; ++i) {
            EXPECT_EQ(dataset.get<int>({at(i / 6), at(i % 6)}), i);
            EXPECT_EQ(dataset.get<double>({at(i / 6 - 4), at(i % 6 - 6)}), i);
        }
    }
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(dataset.get<int>({at(1), at(i % 6)}), 6 + i % 6);
    }
    dataset.set(-1, {at(1), at(2)});
    EXPECT_EQ(dataset.get<int>({at(1), at(2)}), -1);
    expect_error(ErrorCode::out_of_range, "'/grid'", [&] { dataset.get<int>({at(4), at(0)}); });
    expect_error(ErrorCode::out_of_range, "'/grid'", [&] { dataset.get<int>({at(-5), at(0)}); });
    expect_error(ErrorCode::invalid_argument, "One element", [&] { dataset.get<int>({at(1)}); });
    dataset.resize({1, 6});
    expect_error(ErrorCode::out_of_range, "'/grid'", [&] { dataset.get<int>({at(1), at(2)}); });
    file.close();
    expect_error(ErrorCode::closed, "'/grid'", [&] { dataset.get<int>({at(0), at(0)}); });
}

TEST(Read, OutsideTheExtentIsAnErrorThatNamesTheObject) {
    const ScratchPath path("outside.h5");
    const File file(path, Mode::create);
    const Dataset dataset = grid(file);
    expect_error(ErrorCode::out_of_range, "dataset '/grid' in file 'outside.h5'", [&] {
        dataset.read<int>({at(4)});
    });
    expect_error(
        ErrorCode::invalid_argument, "outside.h5", [&] { dataset.read<int>({all, all, all}); });
    expect_error(ErrorCode::invalid_argument, "One element", [&] {
        dataset.get<int>({slice(0, 2), at(0)});
    });
}

TEST(Read, MoreThanMemoryHoldsIsAnErrorThatNamesTheObject) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "the sanitizers do not let an allocation fail";
#endif
    const ScratchPath path("huge.h5");
    const File file(path, Mode::create);
    const Dataset dataset = file.create_dataset<double>("x", {1ULL << 50}, {.chunks = {1000}});
    expect_error(
        ErrorCode::out_of_memory, "'/x' in file 'huge.h5'", [&] { dataset.read<double>(); });
    expect_error(ErrorCode::out_of_memory, "'/x'", [&] { dataset.read_elements(); });
}

TEST(Read, IntoMemoryOfTheCaller) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    Values row(6);
    dataset.read_into(row, at(1));
    EXPECT_EQ(row, counted(6, 6));
    dataset.read_into(std::span(row).first(2), {slice(0, 2), at(0)});
    EXPECT_EQ(row[1], 6);
    Array<double> part({2, 3});
    dataset.read_into(part, {slice(0, 2), slice(0, 3)});
    EXPECT_EQ(part(1, 2), 8);
    expect_error(ErrorCode::invalid_argument, "(2, 3)", [&] {
        dataset.read_into(part, {slice(0, 3), slice(0, 2)});
    });
    expect_error(
        ErrorCode::invalid_argument, "(6,)", [&] { dataset.read_into(std::span(row), {all}); });
}

TEST(Read, IntoAVectorOfAnySize) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    Values values(100);
    dataset.read_into(values, at(1));
    EXPECT_EQ(values, counted(6, 6));
    dataset.read_into(values);
    EXPECT_EQ(values, counted(24));
    dataset.read_into(values, {slice(0, 0)});
    EXPECT_TRUE(values.empty());
    dataset.read_into(values, dataset.select({slice(0, 2), at(0)}));
    EXPECT_EQ(values, (Values{0, 6}));
}

TEST(Read, IntoStridedMemory) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    Values fortran(24, -1);
    dataset.read_into(StridedView<int>(fortran.data(), {4, 6}, {1, 4}));
    EXPECT_EQ(fortran[1], 6);
    EXPECT_EQ(fortran[4], 1);
    EXPECT_EQ(fortran[23], 23);
    Values backwards(6, -1);
    dataset.read_into(StridedView<int>(backwards.data() + 5, {6}, {-1}), at(0));
    EXPECT_EQ(backwards, (Values{5, 4, 3, 2, 1, 0}));
    std::vector<std::string> texts(4);
    file.create_dataset("t", std::vector<std::string>{"a", "b"})
        .read_into(StridedView<std::string>(texts.data(), {2}, {2}));
    EXPECT_EQ(texts, (std::vector<std::string>{"a", "", "b", ""}));
}

// std::mdspan is C++23's, and this compiler has none: what one looks like is enough.
struct Mdspan {
    int* data;
    std::size_t extents[2];
    std::size_t strides[2];

    static constexpr std::size_t rank() { return 2; }
    std::size_t extent(std::size_t d) const { return extents[d]; }
    std::size_t stride(std::size_t d) const { return strides[d]; }
    int* data_handle() const { return data; }
};
static_assert(MdspanLike<Mdspan>);

TEST(Read, AndWriteTakeMdspans) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    Values values(24);
    const Mdspan transposed{values.data(), {4, 6}, {1, 4}};
    dataset.read_into(transposed);
    EXPECT_EQ(values[4], 1);
    values[4] = 100;
    dataset.write(transposed);
    EXPECT_EQ(dataset.get<int>({at(0), at(1)}), 100);
}

// ---- writing ----

TEST(Write, PutsValuesWhereTheExpressionSays) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    dataset.write(Values{1, 2, 3, 4, 5, 6}, at(0));
    dataset.write(Values{-1, -2}, {slice(1, 3), at(0)});
    dataset.write(9, {at(3), at(5)});
    EXPECT_EQ(dataset.read<int>({at(0)}).to_vector(), (Values{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(dataset.read<int>({all, at(0)}).to_vector(), (Values{1, -1, -2, 18}));
    EXPECT_EQ(dataset.get<int>({at(3), at(5)}), 9);
}

TEST(Write, BroadcastsAsNumpyDoes) {
    const File file = File::in_memory();
    const Dataset dataset = grid(file);
    dataset.write(counted(6));
    EXPECT_EQ(dataset.read<int>({at(3)}).to_vector(), counted(6));
    dataset.write(Array<int>({4, 1}, Values{10, 20, 30, 40}));
    EXPECT_EQ(dataset.read<int>({at(1)}).to_vector(), Values(6, 20));
    dataset.write(5, {all, slice(0, 2)});
    EXPECT_EQ(dataset.read<int>({at(2)}).to_vector(), (Values{5, 5, 30, 30, 30, 30}));
    dataset.write(1, {indices({0, 2}), all});
    EXPECT_EQ(dataset.read<int>({all, at(0)}).to_vector(), (Values{1, 5, 1, 5}));
    dataset.write(2, Selection::points(dataset.shape(), {0, 0, 3, 3}));
    EXPECT_EQ(dataset.get<int>({at(3), at(3)}), 2);
}

TEST(Write, WhatCannotBeBroadcastIsAnError) {
    const ScratchPath path("broadcast.h5");
    const File file(path, Mode::create);
    const Dataset dataset = grid(file);
    expect_error(ErrorCode::type_mismatch, "(5,) -> (4, 6)", [&] { dataset.write(counted(5)); });
    expect_error(
        ErrorCode::type_mismatch, "broadcast.h5", [&] { dataset.write(Array<int>({2, 6}, 0)); });
    expect_error(
        ErrorCode::type_mismatch, "", [&] { dataset.write(counted(3), {indices({0, 2}), all}); });
    EXPECT_EQ(dataset.read<int>().to_vector(), counted(24)) << "nothing was written";
}

TEST(Write, TakesAnyRange) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<int>("x", {3});
    dataset.write(std::list<int>{1, 2, 3});
    dataset.write(std::deque<short>{4}, at(0));
    EXPECT_EQ(dataset.read<int>().to_vector(), (Values{4, 2, 3}));
    dataset.write(std::span<const int>(counted(3)));
    dataset.write(std::array{7.0, 8.0, 9.0});
    EXPECT_EQ(dataset.read<int>().to_vector(), (Values{7, 8, 9}));
    dataset.write(std::vector<bool>{true, false, true});
    EXPECT_EQ(dataset.read<int>().to_vector(), (Values{1, 0, 1}));
    dataset.write(std::vector<int>{}, {slice(0, 0)});
    const Dataset texts = file.create_dataset<std::string>("t", {2});
    texts.write(std::vector<std::string_view>{"a", "b"});
    texts.write("c", at(1));
    EXPECT_EQ(texts.read<std::string>().to_vector(), (std::vector<std::string>{"a", "c"}));
}

TEST(Write, StridedViewsAreGathered) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<int>("x", {2, 3});
    const Values values = counted(12);
    dataset.write(StridedView<const int>(values.data(), {2, 3}, {6, 2}));
    EXPECT_EQ(dataset.read<int>().to_vector(), (Values{0, 2, 4, 6, 8, 10}));
}

// A value repeated over more than fits into one block of copies.
TEST(Write, OneValueFillsALargeSelection) {
    const File file = File::in_memory();
    const Dataset line = file.create_dataset<double>("line", {3'000'000});
    line.write(1.5);
    const auto read = line.read<double>();
    EXPECT_EQ(std::count(read.begin(), read.end(), 1.5), 3'000'000);
    line.write(2.5, {slice(1, std::nullopt, 2)});
    EXPECT_EQ(line.get<double>(at(2'999'999)), 2.5);
    EXPECT_EQ(line.get<double>(at(2'999'998)), 1.5);

    const Dataset plane = file.create_dataset<double>("plane", {3, 1'000'000});
    plane.write(Array<double>({3, 1}, std::vector<double>{1, 2, 3}));
    const auto sums = plane.read<double>({all, indices({0, 999'999})});
    EXPECT_EQ(sums.to_vector(), (std::vector<double>{1, 1, 2, 2, 3, 3}));
    plane.write(std::vector<double>(1'000'000, 7));
    EXPECT_EQ(plane.get<double>({at(2), at(999'999)}), 7);
}

TEST(Write, SetWritesOneElementOfVariableLength) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<std::vector<int>>("x", {3});
    dataset.set(counted(4), at(1));
    EXPECT_EQ(dataset.get<Values>(at(1)), counted(4));
    EXPECT_EQ(dataset.get<Values>(at(0)), Values{});
    dataset.set(counted(2));
    EXPECT_EQ(dataset.get<Values>(at(2)), counted(2));
}

TEST(Write, ScalarsAndEmptyArraysAreArraysToo) {
    const File file = File::in_memory();
    const Dataset scalar = file.create_dataset("scalar", 5);
    EXPECT_TRUE(scalar.is_scalar());
    EXPECT_EQ(scalar.read<int>().shape(), Shape{});
    scalar.write(6);
    EXPECT_EQ(scalar.get<int>(ellipsis), 6);
    const Dataset empty = file.create_dataset<int>("empty", {0, 3});
    EXPECT_EQ(empty.read<int>().shape(), (Shape{0, 3}));
    empty.write(Values{});
    empty.write(7);
}

TEST(Write, NullDatasetsHaveNothingToReadOrWrite) {
    const File file = File::in_memory();
    const Dataset null = file.create_dataset("null", Empty{Datatype::floating(4)});
    EXPECT_TRUE(null.is_null());
    EXPECT_EQ(null.size(), 0u);
    EXPECT_EQ(null.datatype(), Datatype::floating(4));
    expect_error(ErrorCode::invalid_argument, "'/null'", [&] { null.read<float>(); });
    expect_error(ErrorCode::invalid_argument, "null", [&] { null.write(1); });
}

TEST(Write, FillTimeNeverReadsAsZeros) {
    const ScratchPath path("never.h5");
    const File file(path, Mode::create);
    const Dataset dataset = file.create_dataset<double>(
        "x", {30000, 8000000}, {.chunks = {60, 15625}, .fill_time = FillTime::never});
    EXPECT_EQ(dataset.get<double>({at(5), at(5)}), 0);
    EXPECT_EQ(dataset.read<double>({at(0), slice(0, 100)}).to_vector(), std::vector<double>(100));
    file.flush();
    EXPECT_LT(file.file_bytes(), 1U << 20);
}

TEST(Write, AResizedDatasetIsReadAsItIsNow) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<int>("x", {2}, {.max_shape = Shape{kUnlimited}});
    const Dataset same = file.dataset("x");
    dataset.write(counted(2, 1));
    EXPECT_EQ(same.shape(), (Shape{2}));
    dataset.resize({4});
    EXPECT_EQ(same.read<int>().to_vector(), (Values{1, 2, 0, 0}));
    same.resize(0, 1);
    EXPECT_EQ(dataset.read<int>().to_vector(), (Values{1}));
    EXPECT_EQ(dataset.get<int>(at(-1)), 1);
}

}  // namespace
}  // namespace hyperslab
