#include "selection/grid.hpp"

#include <gtest/gtest.h>

#include "hyperslab/error.hpp"

namespace hyperslab::selection {
namespace {

TEST(Grid, BoxesAreNumberedRowMajorAndCutAtTheEnd) {
    const Grid grid({6, 10}, {4, 4});
    EXPECT_EQ(grid.size(), 6U);
    EXPECT_EQ(grid.offset(0), (Shape{0, 0}));
    EXPECT_EQ(grid.offset(5), (Shape{4, 8}));
    EXPECT_EQ(grid.length({0, 4}), (Shape{4, 4}));
    EXPECT_EQ(grid.length({4, 8}), (Shape{2, 2}));
    for (std::uint64_t number = 0; number < grid.size(); ++number) {
        EXPECT_EQ(grid.number(grid.offset(number)), number);
    }
    EXPECT_EQ(grid.number({5, 9}), 5U);
}

TEST(Grid, AnEmptyExtentHasNoBoxAndAScalarOne) {
    EXPECT_EQ(Grid({0, 10}, {4, 4}).size(), 0U);
    EXPECT_EQ(Grid({}, {}).size(), 1U);
}

TEST(Grid, BoxesThatCannotBeCountedAreAnError) {
    constexpr std::uint64_t kLong = std::uint64_t{1} << 40;
    EXPECT_THROW(Grid({kLong, kLong}, {1, 1}).size(), Error);
    EXPECT_EQ(Grid({~std::uint64_t{0}}, {2}).size(), std::uint64_t{1} << 63);
}

TEST(GrownBox, GrowsFromTheLastAxisOnAsFarAsTheBytesGo) {
    EXPECT_EQ(grown_box({100, 10}, {1, 1}, 8, 80), (Shape{1, 10}));
    EXPECT_EQ(grown_box({100, 10}, {1, 1}, 8, 800), (Shape{10, 10}));
    EXPECT_EQ(grown_box({100, 10}, {1, 1}, 8, 40), (Shape{1, 5}));
    EXPECT_EQ(grown_box({100, 10}, {8, 4}, 8, 1), (Shape{8, 4}));
    EXPECT_EQ(grown_box({100, 10}, {8, 4}, 8, 1 << 20), (Shape{104, 12}));
    EXPECT_EQ(grown_box({0, 10}, {1, 1}, 8, 1 << 20), (Shape{1, 10}));
}

}  // namespace
}  // namespace hyperslab::selection
