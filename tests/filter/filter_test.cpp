#include "hyperslab/filter.hpp"

#include <gtest/gtest.h>

namespace hyperslab {
namespace {

TEST(Filter, HasTheNumbersOfTheHdfGroup) {
    EXPECT_EQ(deflate(9), (Filter{1, {9}, true, {}}));
    EXPECT_EQ(shuffle().id, 2);
    EXPECT_EQ(fletcher32().id, 3);
    EXPECT_EQ(szip_nearest_neighbour(16).options, (std::vector<unsigned>{32, 16}));
    EXPECT_EQ(szip_entropy().options, (std::vector<unsigned>{4, 8}));
    EXPECT_EQ(scaleoffset_integer(3), (Filter{6, {2, 3}, true, {}}));
    EXPECT_EQ(scaleoffset_decimal(2).options, (std::vector<unsigned>{0, 2}));
    EXPECT_EQ(lzf().id, 32000);
    EXPECT_EQ(custom_filter(32004, {1, 2}), (Filter{32004, {1, 2}, false, {}}));
}

TEST(Filter, AChecksumMayNotBeLeftOut) {
    EXPECT_FALSE(fletcher32().optional);
    EXPECT_TRUE(deflate().optional);
    EXPECT_TRUE(lzf().optional);
}

}  // namespace
}  // namespace hyperslab
