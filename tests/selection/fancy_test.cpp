// Lists, masks and MultiBlocks in expressions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "hyperslab/selection.hpp"
#include "selection/expect_error.hpp"
#include "selection/values.hpp"

namespace hyperslab {
namespace {

using selection::expect_error;
using selection::Values;
using selection::values;

TEST(List, SelectsItsPositionsOnItsAxis) {
    const Selection selected = resolve({at(1), indices({0, 2, -1}), slice(0, 2)}, {4, 10, 6});
    EXPECT_EQ(selected.kind(), SelectionKind::list);
    EXPECT_EQ(selected.list_axis(), 1u);
    EXPECT_EQ(values(selected.list()), (Values{0, 2, 9}));
    EXPECT_EQ(selected.memory_shape(), (Shape{1, 3, 2}));
    EXPECT_EQ(selected.result_shape(), (Shape{3, 2}));
    EXPECT_TRUE(selected.points().empty());
}

TEST(List, MayBeEmpty) {
    EXPECT_EQ(resolve(indices({}), {4, 5}).result_shape(), (Shape{0, 5}));
    EXPECT_EQ(resolve(indices({}), {0}).element_count(), 0u);
}

TEST(List, PositionOutsideTheAxisIsAnIndexError) {
    const auto outside = [](std::int64_t position) {
        expect_error(ErrorCode::out_of_range, "of a list out of range for (0-9)", [&] {
            resolve(indices({position}), {10});
        });
    };
    outside(12);
    outside(10);
    outside(-11);
    outside(std::numeric_limits<std::int64_t>::min());
    expect_error(ErrorCode::out_of_range, "of a list out of range for empty dimension", [] {
        resolve(indices({0}), {0});
    });
}

TEST(List, MustIncrease) {
    for (const IndexList& list : {indices({3, 1}), indices({1, 1}), indices({9, -1})}) {
        expect_error(ErrorCode::type_mismatch,
                     "Indexing elements must be in increasing order",
                     [&] { resolve(list, {10}); });
    }
}

TEST(List, OutsideTheAxisCountsMoreThanOutOfOrder) {
    expect_error(ErrorCode::out_of_range, "Index (12) of a list", [] {
        resolve(indices({3, 1, 12}), {10});
    });
}

TEST(List, OnlyOneAxisMayHaveOne) {
    const std::string words =
        "Only one indexing vector or array is currently allowed for fancy indexing";
    expect_error(
        ErrorCode::type_mismatch, words, [] { resolve({indices({0}), indices({99})}, {4, 5}); });
    expect_error(
        ErrorCode::type_mismatch, words, [] { resolve({mask({1, 0}), mask({1, 0})}, {2, 2}); });
}

TEST(AxisMask, IsAListOfThePositionsThatAreTrue) {
    const Selection selected = resolve({at(0), mask({true, false, true})}, {4, 3});
    EXPECT_EQ(selected.kind(), SelectionKind::list);
    EXPECT_EQ(values(selected.list()), (Values{0, 2}));
}

TEST(AxisMask, OnAOneDimensionalExtentIsPoints) {
    const Selection selected = resolve(mask({true, false, true}), {3});
    EXPECT_EQ(selected.kind(), SelectionKind::points);
    EXPECT_EQ(values(selected.points()), (Values{0, 2}));
    EXPECT_EQ(selected.result_shape(), (Shape{2}));
    EXPECT_EQ(resolve(mask({0, 0, 0}), {3}).result_shape(), (Shape{0}));
}

TEST(AxisMask, MustBeAsLongAsItsAxis) {
    for (const Shape& extent : {Shape{3}, Shape{3, 2}}) {
        expect_error(ErrorCode::type_mismatch, "boolean index did not match indexed array", [&] {
            resolve(mask({1, 0}), extent);
        });
    }
}

TEST(MultiBlock, SelectsAsManyWholeBlocksAsFit) {
    const Selection selected = resolve(multi_block(1, 4, std::nullopt, 2), {10});
    EXPECT_EQ(values(selected.start()), (Values{1}));
    EXPECT_EQ(values(selected.stride()), (Values{4}));
    EXPECT_EQ(values(selected.count()), (Values{2}));
    EXPECT_EQ(values(selected.block()), (Values{2}));
    EXPECT_EQ(selected.result_shape(), (Shape{4}));
}

TEST(MultiBlock, WithoutParametersIsTheWholeAxis) {
    EXPECT_TRUE(resolve(multi_block(), {10}).is_whole());
}

TEST(MultiBlock, MalformedOnesAreValueErrors) {
    const std::string not_positive = "Stride, count and block can't be 0 or negative";
    for (const MultiBlock& blocks :
         {MultiBlock{.stride = 0}, MultiBlock{.count = 0}, MultiBlock{.block = 0}}) {
        expect_error(ErrorCode::invalid_argument, not_positive, [&] { resolve(blocks, {10}); });
    }
    expect_error(ErrorCode::invalid_argument, "Blocks will overlap if block > stride", [] {
        resolve(multi_block(0, 2, 1, 3), {10});
    });
}

TEST(MultiBlock, LeavingTheAxisIsAValueError) {
    expect_error(ErrorCode::invalid_argument,
                 "multi_block(0, 4, 3, 3) range (0 - 10) extends "
                 "beyond maximum index (9)",
                 [] { resolve(multi_block(0, 4, 3, 3), {10}); });
    expect_error(ErrorCode::invalid_argument, "(0 - 0) extends beyond maximum index (-1)", [] {
        resolve(multi_block(0, 1, 1), {0});
    });
    expect_error(ErrorCode::invalid_argument, "too large", [] {
        resolve(multi_block(0, kUnlimited, 3), {10});
    });
}

TEST(MultiBlock, WithoutRoomForOneBlockIsAValueError) {
    const std::string words = "No full blocks can be selected using multi_block(";
    for (const MultiBlock& blocks :
         {multi_block(10), multi_block(kUnlimited), multi_block(8, 3, std::nullopt, 3)}) {
        expect_error(ErrorCode::invalid_argument, words, [&] { resolve(blocks, {10}); });
    }
}

TEST(Mask, SelectsEveryByteThatIsNotZero) {
    std::mt19937 random(7);
    for (std::uint64_t columns = 1; columns < 80; ++columns) {
        const Shape extent{3, columns};
        std::vector<std::uint8_t> bytes(3 * columns);
        std::vector<std::uint64_t> expected;
        for (std::uint64_t i = 0; i < bytes.size(); ++i) {
            if (random() % 5 == 0) {
                bytes[i] = static_cast<std::uint8_t>(1U << random() % 8);
                expected.insert(expected.end(), {i / columns, i % columns});
            }
        }
        const Selection selected = Selection::from_mask(extent, bytes);
        EXPECT_TRUE(std::ranges::equal(selected.points(), expected)) << columns << " columns";
    }
}

}  // namespace
}  // namespace hyperslab
