// Integers, slices and ellipses; lists and masks are in fancy_test.cpp.
#include <gtest/gtest.h>

#include "core/dialect.hpp"
#include "hyperslab/selection.hpp"
#include "selection/expect_error.hpp"
#include "selection/values.hpp"

namespace hyperslab {
namespace {

using selection::expect_error;
using selection::Values;
using selection::values;

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

void expect_slice(const Slice& slice, std::uint64_t start, std::uint64_t count) {
    const Selection selected = resolve(slice, {10});
    EXPECT_EQ(selected.start()[0], start);
    EXPECT_EQ(selected.count()[0], count);
}

TEST(Resolve, NoIndexOrOnlyAnEllipsisSelectsAll) {
    EXPECT_EQ(resolve({}, {4, 5}).kind(), SelectionKind::all);
    EXPECT_EQ(resolve(ellipsis, {4, 5}).kind(), SelectionKind::all);
    EXPECT_EQ(resolve(ellipsis, {4, 5}).result_shape(), (Shape{4, 5}));
}

TEST(Resolve, SliceOfEverythingIsAHyperslabThatIsWhole) {
    const Selection selected = resolve({all, all}, {4, 5});
    EXPECT_EQ(selected.kind(), SelectionKind::hyperslab);
    EXPECT_TRUE(selected.is_whole());
    EXPECT_FALSE(resolve({all, slice(0, 4)}, {4, 5}).is_whole());
}

TEST(Resolve, SinglePositionDropsItsAxisFromTheResultOnly) {
    const Selection selected = resolve({at(3), slice(1, 9, 2)}, {4, 10});
    EXPECT_EQ(selected.memory_shape(), (Shape{1, 4}));
    EXPECT_EQ(selected.result_shape(), (Shape{4}));
    EXPECT_TRUE(selected.is_scalar(0));
    EXPECT_FALSE(selected.is_scalar(1));
    EXPECT_EQ(values(selected.start()), (Values{3, 1}));
    EXPECT_EQ(values(selected.stride()), (Values{1, 2}));
    EXPECT_EQ(values(selected.count()), (Values{1, 4}));
    EXPECT_EQ(values(selected.block()), (Values{1, 1}));
}

TEST(Resolve, NegativePositionsCountFromTheEnd) {
    EXPECT_EQ(resolve(at(-1), {10}).start()[0], 9u);
    EXPECT_EQ(resolve(at(-10), {10}).start()[0], 0u);
}

TEST(Resolve, MissingIndicesMeanWholeAxes) {
    EXPECT_EQ(resolve(at(1), {4, 5, 6}).result_shape(), (Shape{5, 6}));
    EXPECT_EQ(resolve({ellipsis, at(1)}, {4, 5, 6}).result_shape(), (Shape{4, 5}));
    EXPECT_EQ(resolve({at(0), ellipsis, at(1)}, {4, 5, 6}).result_shape(), (Shape{5}));
    EXPECT_EQ(resolve({at(0), ellipsis, at(1), at(2)}, {4, 5, 6}).result_shape(), (Shape{}));
}

TEST(Resolve, BoundsOfSlicesAreThoseOfNumpy) {
    expect_slice(slice(2, 5), 2, 3);
    expect_slice(slice(-3, -1), 7, 2);
    expect_slice(slice(std::nullopt, 100), 0, 10);
    expect_slice(slice(-100, std::nullopt), 0, 10);
    expect_slice(slice(20, 30), 10, 0);
    expect_slice(slice(5, 2), 0, 0);
    expect_slice(slice(0, 10, 3), 0, 4);
    expect_slice(slice(0, 10, kHighest), 0, 1);
    expect_slice(slice(kLowest, kHighest), 0, 10);
}

TEST(Resolve, EmptyAxisCanBeSlicedButHasNoPosition) {
    EXPECT_EQ(resolve({all, all}, {0, 3}).result_shape(), (Shape{0, 3}));
    EXPECT_EQ(resolve(slice(0, 5), {0}).element_count(), 0u);
    expect_error(ErrorCode::out_of_range, "Index (0) out of range for empty dimension", [] {
        resolve(at(0), {0});
    });
}

TEST(Resolve, ScalarExtentHasOneElementAndNoAxes) {
    EXPECT_EQ(resolve({}, {}).element_count(), 1u);
    EXPECT_EQ(resolve(ellipsis, {}).result_shape(), (Shape{}));
    expect_error(ErrorCode::invalid_argument, "1 indexing arguments for 0 dimensions", [] {
        resolve(at(0), {});
    });
}

TEST(Resolve, PositionOutsideTheAxisIsAnIndexError) {
    const auto outside = [](std::int64_t index, const std::string& words) {
        expect_error(ErrorCode::out_of_range, words, [&] { resolve(at(index), {10}); });
    };
    outside(12, "Index (12) out of range for (0-9)");
    outside(10, "Index (10) out of range for (0-9)");
    outside(-12, "Index (-12) out of range for (0-9)");
    outside(kLowest, "out of range for (0-9)");
    outside(kHighest, "out of range for (0-9)");
}

TEST(Resolve, InPythonTheWordsAreThoseOfH5py) {
    core::set_dialect(core::Dialect::python);
    constexpr auto kOutside = ErrorCode::out_of_range;
    expect_error(kOutside, "Index (-2) out of range for (0-9)", [] { resolve(at(-12), {10}); });
    expect_error(
        kOutside, "Fancy indexing out of range for (0-9)", [] { resolve(indices({0, 12}), {10}); });
    expect_error(ErrorCode::invalid_argument,
                 "MultiBlockSlice(start=0, stride=4, count=3, block=3) range (0 - 10)",
                 [] { resolve(multi_block(0, 4, 3, 3), {10}); });
    core::set_dialect(core::Dialect::cpp);
}

TEST(Resolve, StepMustBePositive) {
    expect_error(ErrorCode::invalid_argument, "Step must be >= 1 (got -1)", [] {
        resolve(slice(0, 10, -1), {10});
    });
    expect_error(ErrorCode::invalid_argument, "slice step cannot be zero", [] {
        resolve(slice(0, 10, 0), {10});
    });
}

TEST(Resolve, TooManyIndicesAreAValueError) {
    expect_error(ErrorCode::invalid_argument, "3 indexing arguments for 2 dimensions", [] {
        resolve({at(0), at(0), at(0)}, {4, 5});
    });
    expect_error(ErrorCode::invalid_argument, "3 indexing arguments for 2 dimensions", [] {
        resolve({ellipsis, at(0), at(0), at(0)}, {4, 5});
    });
}

TEST(Resolve, SecondEllipsisIsAValueError) {
    expect_error(ErrorCode::invalid_argument, "Only one ellipsis", [] {
        resolve({ellipsis, ellipsis}, {4, 5});
    });
}

TEST(Resolve, OfTwoMistakesTheLeftOneIsReported) {
    expect_error(
        ErrorCode::out_of_range, "Index (9)", [] { resolve({at(9), at(0), at(0)}, {4, 5}); });
}

TEST(Resolve, ManyDimensionsWorkLikeFew) {
    const Shape extent(kMaxRank, 2);
    Selection selected = resolve({at(1), ellipsis, at(0)}, extent);
    EXPECT_EQ(selected.result_shape(), Shape(kMaxRank - 2, 2));
    EXPECT_TRUE(selected.is_scalar(kMaxRank - 1));
    const Selection copy = selected;
    const Selection moved = std::move(selected);
    EXPECT_EQ(values(copy.start()), values(moved.start()));
}

TEST(Resolve, MoreDimensionsThanHdf5HasAreRefused) {
    expect_error(ErrorCode::invalid_argument, "at most 32 dimensions", [] {
        resolve({}, Shape(kMaxRank + 1, 1));
    });
}

TEST(Resolve, HugeExtentsDoNotWrapAround) {
    const Selection selected = resolve({at(-1), slice(-2, std::nullopt)}, {kUnlimited, kUnlimited});
    EXPECT_EQ(values(selected.start()), (Values{kUnlimited - 1, kUnlimited - 2}));
    EXPECT_EQ(selected.element_count(), 2u);
    expect_error(ErrorCode::invalid_argument, "too large", [] {
        (void)resolve({}, {kUnlimited, kUnlimited}).element_count();
    });
}

}  // namespace
}  // namespace hyperslab
