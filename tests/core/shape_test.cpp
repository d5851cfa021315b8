#include "hyperslab/shape.hpp"

#include <gtest/gtest.h>

#include "selection/expect_error.hpp"

namespace hyperslab {
namespace {

TEST(Shape, ScalarHasOneElement) { EXPECT_EQ(element_count({}), 1u); }

TEST(Shape, ZeroDimensionMakesItEmptyHoweverLargeTheOthersAre) {
    EXPECT_EQ(element_count({kUnlimited, kUnlimited, 0}), 0u);
}

TEST(Shape, CountThatDoesNotFitIsRefused) {
    selection::expect_error(
        ErrorCode::invalid_argument, "too large", [] { element_count({1ull << 32, 1ull << 32}); });
}

TEST(Shape, IsWrittenLikeAPythonTuple) {
    EXPECT_EQ(to_string(Shape{}), "()");
    EXPECT_EQ(to_string(Shape{3}), "(3,)");
    EXPECT_EQ(to_string(Shape{10, 4}), "(10, 4)");
}

}  // namespace
}  // namespace hyperslab
