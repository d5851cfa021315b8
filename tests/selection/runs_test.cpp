#include "selection/runs.hpp"

#include <gtest/gtest.h>

#include "selection/expect_error.hpp"

namespace hyperslab::selection {
namespace {

using Runs = std::vector<Run>;

Runs runs(const Selection& selected) {
    Runs found;
    const RunWalk walk(selected);
    const auto add = [&](std::uint64_t first, std::uint64_t count) {
        found.push_back({first, count});
    };
    walk(add);
    EXPECT_EQ(walk.count(), found.size());
    return found;
}

Runs runs(const IndexExpression& expression, const Shape& extent) {
    return runs(resolve(expression, extent));
}

TEST(Runs, EverythingIsOneRun) {
    EXPECT_EQ(runs({}, {4, 5, 6}), (Runs{{0, 120}}));
    EXPECT_EQ(runs({all, slice(0, 5)}, {4, 5, 6}), (Runs{{0, 120}}));
    EXPECT_EQ(runs({}, {}), (Runs{{0, 1}}));
}

TEST(Runs, WholeRowsFlowTogether) {
    EXPECT_EQ(runs(slice(1, 3), {4, 5}), (Runs{{5, 10}}));
    EXPECT_EQ(runs({at(2), slice(1, 3)}, {4, 5, 6}), (Runs{{66, 12}}));
    EXPECT_EQ(runs(slice(0, 4, 2), {4, 5}), (Runs{{0, 5}, {10, 5}}));
}

TEST(Runs, PartsOfRowsAreOneRunARow) {
    EXPECT_EQ(runs({slice(1, 3), slice(2, 4)}, {4, 5}), (Runs{{7, 2}, {12, 2}}));
    EXPECT_EQ(runs({all, at(1)}, {3, 5}), (Runs{{1, 1}, {6, 1}, {11, 1}}));
}

TEST(Runs, BlocksThatTouchAreJoined) {
    EXPECT_EQ(runs(multi_block(1, 2, 3, 2), {10}), (Runs{{1, 6}}));
    EXPECT_EQ(runs(multi_block(0, 3, 3, 2), {10}), (Runs{{0, 2}, {3, 2}, {6, 2}}));
}

TEST(Runs, BlocksOfARowAreRunsOfTheirOwn) {
    EXPECT_EQ(runs({all, multi_block(0, 7, 2, 3)}, {2, 10}),
              (Runs{{0, 3}, {7, 3}, {10, 3}, {17, 3}}));
}

TEST(Runs, NeighboursInAListAreJoined) {
    EXPECT_EQ(runs(indices({0, 1, 4, 5, 6}), {10}), (Runs{{0, 2}, {4, 3}}));
    EXPECT_EQ(runs(indices({0, 1, 3}), {4, 5}), (Runs{{0, 10}, {15, 5}}));
    EXPECT_EQ(runs({all, indices({0, 4})}, {2, 5}), (Runs{{0, 1}, {4, 1}, {5, 1}, {9, 1}}));
}

TEST(Runs, ExtentThatCannotBeCountedIsRefused) {
    expect_error(ErrorCode::invalid_argument, "too large", [] {
        runs({at(1), at(1)}, {1ull << 40, 1ull << 40});
    });
}

TEST(Coalesce, MakesBlocksOfConsecutivePositions) {
    EXPECT_EQ(coalesce(std::vector<std::uint64_t>{}), Runs{});
    EXPECT_EQ(coalesce(std::vector<std::uint64_t>{7}), (Runs{{7, 1}}));
    EXPECT_EQ(coalesce(std::vector<std::uint64_t>{0, 1, 2, 5, 7, 8}),
              (Runs{{0, 3}, {5, 1}, {7, 2}}));
}

}  // namespace
}  // namespace hyperslab::selection
