#include "hyperslab/index.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace hyperslab {
namespace {

std::size_t indices_in(const IndexExpression& expression) { return expression.size(); }

TEST(IndexExpression, IsWrittenAsABracedListOrASingleIndex) {
    EXPECT_EQ(indices_in({}), 0u);
    EXPECT_EQ(indices_in({at(3), slice(0, 10, 2), all}), 3u);
    EXPECT_EQ(indices_in({ellipsis, indices({1, 4}), mask({true, false}), multi_block(1, 3)}), 4u);
    EXPECT_EQ(indices_in(at(3)), 1u);
}

TEST(IndexExpression, KeepsItsOrderWhenItGrowsOutOfTheObject) {
    IndexExpression expression;
    for (std::int64_t i = 0; i < 40; ++i) {
        expression.push_back(at(i));
        ASSERT_EQ(expression.size(), static_cast<std::size_t>(i) + 1);
    }
    for (std::int64_t i = 0; i < 40; ++i) {
        EXPECT_EQ(std::get<At>(expression.items()[static_cast<std::size_t>(i)]).index, i);
    }
}

TEST(IndexExpression, CopiesAreIndependent) {
    IndexExpression first{indices({1, 2, 3})};
    IndexExpression second = first;
    second.push_back(all);
    EXPECT_EQ(first.size(), 1u);
    EXPECT_EQ(std::get<IndexList>(second.items()[0]).positions.size(), 3u);
    const IndexExpression moved = std::move(second);
    EXPECT_EQ(moved.size(), 2u);
}

TEST(Indices, TakeAnyRangeOfIntegers) {
    EXPECT_EQ(indices(std::vector<short>{-1, 5}).positions, (std::vector<std::int64_t>{-1, 5}));
    EXPECT_EQ(indices(std::array<unsigned, 2>{1, 5}).positions, (std::vector<std::int64_t>{1, 5}));
}

TEST(Indices, PositionThatDoesNotFitStaysPastEveryEnd) {
    const std::vector<std::uint64_t> huge{std::numeric_limits<std::uint64_t>::max()};
    EXPECT_EQ(indices(huge).positions[0], std::numeric_limits<std::int64_t>::max());
}

TEST(Mask, TakesAnyRangeOfTruthValues) {
    const std::vector<bool> bits{true, false, true};
    EXPECT_EQ(mask(bits).mask, (std::vector<std::uint8_t>{1, 0, 1}));
    EXPECT_EQ(mask(std::vector<int>{256, 0}).mask, (std::vector<std::uint8_t>{1, 0}));
}

}  // namespace
}  // namespace hyperslab
