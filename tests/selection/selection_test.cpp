#include "hyperslab/selection.hpp"

#include <gtest/gtest.h>

#include "selection/expect_error.hpp"
#include "selection/values.hpp"

namespace hyperslab {
namespace {

using selection::expect_error;
using selection::Values;
using selection::values;

Selection slab(const Shape& extent, const Values& start, const Values& count) {
    const Values ones(extent.size(), 1);
    return Selection::hyperslab(extent, start, ones, count, ones);
}

TEST(Selection, DefaultIsAllOfAScalar) {
    EXPECT_EQ(Selection().kind(), SelectionKind::all);
    EXPECT_EQ(Selection().element_count(), 1u);
    EXPECT_EQ(Selection().result_shape(), (Shape{}));
}

TEST(Selection, AllHasTheShapeOfTheExtent) {
    const Selection selected = Selection::all(Shape{4, 5});
    EXPECT_EQ(selected.result_shape(), (Shape{4, 5}));
    EXPECT_EQ(values(selected.extent()), (Values{4, 5}));
    EXPECT_TRUE(selected.is_whole());
}

TEST(Selection, NoneIsEmptyAndOneDimensional) {
    const Selection selected = Selection::none(Shape{4, 5});
    EXPECT_EQ(selected.element_count(), 0u);
    EXPECT_EQ(selected.memory_shape(), (Shape{0}));
    EXPECT_TRUE(selected.start().empty());
}

TEST(Selection, HyperslabHasTheShapeOfItsBlocks) {
    const Selection selected =
        Selection::hyperslab(Shape{10, 10}, Values{1, 0}, Values{4, 1}, Values{2, 5}, Values{3, 1});
    EXPECT_EQ(selected.memory_shape(), (Shape{6, 5}));
    EXPECT_EQ(selected.result_shape(), (Shape{6, 5}));
    EXPECT_EQ(selected.element_count(), 30u);
}

TEST(Selection, HyperslabMayBeEmptyAnywhere) {
    EXPECT_EQ(slab({10}, {99}, {0}).element_count(), 0u);
}

TEST(Selection, HyperslabMustLieInsideTheExtent) {
    expect_error(ErrorCode::out_of_range, "position 10 of axis 1, which has length 10", [] {
        slab({4, 10}, {0, 8}, {1, 3});
    });
    expect_error(ErrorCode::invalid_argument, "too large", [] { slab({10}, {kUnlimited}, {2}); });
}

TEST(Selection, MalformedHyperslabsAreRefused) {
    expect_error(ErrorCode::invalid_argument, "unequal ranks", [] { slab({10}, {0, 0}, {1}); });
    expect_error(ErrorCode::invalid_argument, "stride or block of 0", [] {
        Selection::hyperslab(Shape{10}, Values{0}, Values{0}, Values{1}, Values{1});
    });
    expect_error(ErrorCode::invalid_argument, "overlapping", [] {
        Selection::hyperslab(Shape{10}, Values{0}, Values{2}, Values{2}, Values{3});
    });
}

TEST(Selection, PointsKeepTheirOrder) {
    const Selection selected = Selection::points(Shape{4, 5}, {3, 4, 0, 0});
    EXPECT_EQ(values(selected.points()), (Values{3, 4, 0, 0}));
    EXPECT_EQ(selected.result_shape(), (Shape{2}));
    EXPECT_TRUE(selected.list().empty());
    EXPECT_EQ(Selection::points(Shape{4, 5}, {}).kind(), SelectionKind::none);
}

TEST(Selection, PointsMustBeCompleteAndInsideTheExtent) {
    expect_error(ErrorCode::invalid_argument, "3 coordinates are no points of 2 dimensions", [] {
        Selection::points(Shape{4, 5}, {1, 2, 3});
    });
    expect_error(ErrorCode::out_of_range, "Point 1 has coordinate 5 on an axis of length 5", [] {
        Selection::points(Shape{4, 5}, {1, 2, 3, 5});
    });
    expect_error(
        ErrorCode::invalid_argument, "0 dimensions", [] { Selection::points(Shape{}, {}); });
}

TEST(Selection, MaskSelectsThePointsThatAreTrueInRowMajorOrder) {
    const std::vector<std::uint8_t> mask{0,
                                         1,
                                         0,  //
                                         0,
                                         0,
                                         0,  //
                                         1,
                                         0,
                                         255};
    const Selection selected = Selection::from_mask(Shape{3, 3}, mask);
    EXPECT_EQ(values(selected.points()), (Values{0, 1, 2, 0, 2, 2}));
}

TEST(Selection, MaskWithoutATrueValueSelectsNone) {
    const std::vector<std::uint8_t> nothing(2, 0);
    EXPECT_EQ(Selection::from_mask(Shape{2}, nothing).kind(), SelectionKind::none);
    EXPECT_EQ(Selection::from_mask(Shape{0, 3}, {}).result_shape(), (Shape{0}));
}

TEST(Selection, MaskMustCoverTheExtent) {
    const std::vector<std::uint8_t> mask(5, 1);
    expect_error(ErrorCode::type_mismatch, "Boolean indexing array has incompatible shape", [&] {
        Selection::from_mask(Shape{2, 3}, mask);
    });
    expect_error(ErrorCode::invalid_argument, "scalar", [] {
        Selection::from_mask(Shape{}, std::vector<std::uint8_t>{1});
    });
}

}  // namespace
}  // namespace hyperslab
