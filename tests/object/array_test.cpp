#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

TEST(Array, HasAShapeAndElementsInCOrder) {
    const Array<int> array({2, 3}, std::vector<int>{0, 1, 2, 3, 4, 5});
    EXPECT_EQ(array.rank(), 2u);
    EXPECT_EQ(array.size(), 6u);
    EXPECT_EQ(array(1, 2), 5);
    EXPECT_EQ(array.at(0, 1), 1);
    EXPECT_EQ(array[4], 4);
    EXPECT_EQ(std::vector<int>(array.begin(), array.end()), array.to_vector());
    EXPECT_EQ(array.span().size(), 6u);
}

TEST(Array, BeginsWithZerosOrAValue) {
    EXPECT_EQ(Array<double>({3}).to_vector(), (std::vector<double>{0, 0, 0}));
    EXPECT_EQ(Array<std::string>({2}, "x").to_vector(), (std::vector<std::string>{"x", "x"}));
    EXPECT_TRUE(Array<int>().empty());
    EXPECT_EQ(Array<int>({}, 7)(), 7);
}

TEST(Array, PositionsOutsideAreErrorsWhenChecked) {
    Array<int> array({2, 3});
    expect_error(ErrorCode::out_of_range, "(2, 3)", [&] { array.at(0, 3); });
    expect_error(ErrorCode::out_of_range, "(2, 3)", [&] { array.at(-1, 0); });
    expect_error(ErrorCode::invalid_argument, "1 indices", [&] { array.at(0); });
    expect_error(
        ErrorCode::invalid_argument, "(4,)", [&] { Array<int>({4}, std::vector<int>{1, 2}); });
}

TEST(Array, NoMemoryCanHoldTooMany) {
    EXPECT_THROW(Array<int>({1ULL << 40, 1ULL << 40}), Error);
    EXPECT_THROW(Array<double>({1ULL << 62}), Error);
}

TEST(Array, IsAValue) {
    Array<int> a({2}, std::vector<int>{1, 2});
    Array<int> b = a;
    b(0) = 5;
    EXPECT_EQ(a(0), 1);
    EXPECT_NE(a, b);
    a = b;
    EXPECT_EQ(a, b);
    const Array<int> c = std::move(a);
    EXPECT_EQ(c, b);
    EXPECT_TRUE(a.empty());
    a = c;
    EXPECT_EQ(a, c);
    EXPECT_NE(Array<int>({2, 1}), Array<int>({1, 2}));
}

TEST(Array, TakesAnotherShapeWithoutCopying) {
    Array<int> array({2, 3});
    const int* const data = array.data();
    const Array<int> other = std::move(array).reshaped({3, 2});
    EXPECT_EQ(other.shape(), (Shape{3, 2}));
    EXPECT_EQ(other.data(), data);
    expect_error(ErrorCode::invalid_argument, "(4,)", [&] { Array<int>({3}).reshaped({4}); });
}

}  // namespace
}  // namespace hyperslab
