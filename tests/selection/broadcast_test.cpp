#include "selection/broadcast.hpp"

#include <gtest/gtest.h>

#include "selection/expect_error.hpp"

namespace hyperslab::selection {
namespace {

using Starts = std::vector<Shape>;

// Where the tiles of a selection begin, for a source of the given shape.
Starts tile_starts(const Selection& selected, const Shape& source) {
    Starts starts;
    for_each_tile(selected, expand_shape(selected, source), [&](const Selection& tile) {
        starts.emplace_back(tile.start().begin(), tile.start().end());
    });
    return starts;
}

void expect_refused(const Selection& selected, const Shape& source, const std::string& words) {
    expect_error(ErrorCode::type_mismatch, words, [&] { expand_shape(selected, source); });
}

TEST(Broadcast, SourceOfEqualShapeIsOneTile) {
    const Selection selected = resolve({slice(1, 3), slice(0, 8, 2)}, {4, 10});
    EXPECT_EQ(expand_shape(selected, {2, 4}), (Shape{2, 4}));
    EXPECT_EQ(tile_starts(selected, {2, 4}), (Starts{{1, 0}}));
}

TEST(Broadcast, MissingDimensionsAreRepeated) {
    const Selection selected = resolve(slice(1, 3), {4, 10});
    EXPECT_EQ(expand_shape(selected, {10}), (Shape{1, 10}));
    EXPECT_EQ(tile_starts(selected, {10}), (Starts{{1, 0}, {2, 0}}));
}

TEST(Broadcast, DimensionsOfOneAreRepeatedWithTheStrideOfTheSelection) {
    const Selection selected = resolve({slice(0, 2), slice(1, 8, 3)}, {4, 10});
    EXPECT_EQ(tile_starts(selected, {2, 1}), (Starts{{0, 1}, {0, 4}, {0, 7}}));
}

TEST(Broadcast, RepeatsGoThroughTheBlocksOfAMultiBlock) {
    const Selection selected = resolve(multi_block(1, 4, 2, 2), {10});
    EXPECT_EQ(tile_starts(selected, {1}), (Starts{{1}, {2}, {5}, {6}}));
}

TEST(Broadcast, AxesIndexedByAPositionAreSkipped) {
    const Selection selected = resolve({ellipsis, at(0)}, {10, 5, 4, 2});
    EXPECT_EQ(expand_shape(selected, {5, 4}), (Shape{1, 5, 4, 1}));
    EXPECT_EQ(tile_starts(selected, {5, 4}).size(), 10u);
}

TEST(Broadcast, LeadingDimensionsOfOneAreDropped) {
    EXPECT_EQ(expand_shape(resolve(slice(0, 3), {10}), {1, 1, 3}), (Shape{3}));
    EXPECT_EQ(expand_shape(resolve({at(0), at(0)}, {4, 5}), {1}), (Shape{1, 1}));
}

TEST(Broadcast, ScalarSourceFitsEveryHyperslab) {
    EXPECT_EQ(expand_shape(resolve({}, {2, 3}), {}), (Shape{1, 1}));
    EXPECT_EQ(tile_starts(resolve({}, {2, 3}), {}).size(), 6u);
    EXPECT_EQ(tile_starts(resolve({}, {}), {}).size(), 1u);
}

TEST(Broadcast, UnequalShapesAreATypeError) {
    expect_refused(
        resolve({slice(0, 2), slice(0, 4)}, {4, 5}), {3}, "Can't broadcast (3,) -> (2, 4)");
    expect_refused(resolve(slice(0, 4), {10}), {2, 4}, "Can't broadcast (2, 4) -> (4,)");
    expect_refused(resolve({at(0), at(0)}, {4, 5}), {3}, "Can't broadcast (3,) -> ()");
    expect_refused(resolve({}, {}), {3}, "Can't broadcast (3,) -> ()");
}

TEST(Broadcast, EmptySourceHasNothingToFillASelectionWith) {
    expect_refused(resolve({}, {}), {0}, "Can't broadcast (0,) -> ()");
    expect_refused(resolve(at(0), {4}), {0}, "Can't broadcast (0,) -> ()");
    expect_refused(resolve({}, {4}), {0, 4}, "Can't broadcast (0, 4) -> (4,)");
}

TEST(Broadcast, EmptySelectionHasNoTiles) {
    const Selection selected = resolve(slice(0, 0), {10});
    EXPECT_EQ(tile_starts(selected, {0}), Starts{});
    EXPECT_EQ(tile_starts(selected, {1}), Starts{});
    EXPECT_EQ(tile_starts(selected, {0, 0}), Starts{});
    expect_refused(selected, {5}, "Can't broadcast (5,) -> (0,)");
}

TEST(Broadcast, ListTakesOnlyItsOwnShape) {
    const Selection selected = resolve({at(1), indices({0, 2})}, {4, 5, 6});
    EXPECT_EQ(expand_shape(selected, {2, 6}), (Shape{2, 6}));
    EXPECT_EQ(tile_starts(selected, {2, 6}).size(), 1u);
    const std::string words = "Broadcasting is not supported for complex selections";
    expect_refused(selected, {6}, words);
    expect_refused(selected, {1, 2, 6}, words);
    expect_refused(selected, {}, words);
}

TEST(Broadcast, PointsTakeAnySourceOfTheirNumber) {
    const Selection selected = Selection::points(Shape{4, 5}, {0, 0, 3, 3, 1, 1, 2, 2});
    EXPECT_EQ(expand_shape(selected, {4}), (Shape{4}));
    EXPECT_EQ(expand_shape(selected, {2, 2}), (Shape{2, 2}));
    EXPECT_EQ(tile_starts(selected, {4}).size(), 1u);
    const std::string words = "Broadcasting is not supported for point-wise selections";
    expect_refused(selected, {1}, words);
    expect_refused(Selection::none(Shape{4}), {1}, words);
    EXPECT_EQ(tile_starts(Selection::none(Shape{4}), {0}), Starts{});
}

}  // namespace
}  // namespace hyperslab::selection
