#include "selection/chunks.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "hyperslab/error.hpp"
#include "selection/oracle.hpp"

namespace hyperslab::selection {
namespace {

constexpr std::uint64_t kUntouched = ~std::uint64_t{0};

Shape coordinates_of(std::uint64_t number, std::span<const std::uint64_t> shape) {
    Shape coordinates(shape.size());
    for (std::size_t d = shape.size(); d-- > 0;) {
        coordinates[d] = number % shape[d];
        number /= shape[d];
    }
    return coordinates;
}

std::uint64_t number_of(const Shape& coordinates, std::span<const std::uint64_t> shape) {
    std::uint64_t number = 0;
    for (std::size_t d = 0; d < shape.size(); ++d) {
        number = number * shape[d] + coordinates[d];
    }
    return number;
}

Shape grid_of(std::span<const std::uint64_t> extent, const Shape& chunk) {
    Shape grid(chunk.size());
    for (std::size_t d = 0; d < chunk.size(); ++d) {
        grid[d] = (extent[d] + chunk[d] - 1) / chunk[d];
    }
    return grid;
}

// What the result holds, as numbers of the extent's elements; and what is said of each chunk.
std::vector<std::uint64_t> gathered(const Selection& selection, const Shape& chunk) {
    const ChunkedSelection parts(selection, chunk);
    const Shape grid = grid_of(selection.extent(), chunk);
    EXPECT_EQ(parts.grid_size(), element_count(grid));
    std::vector<std::uint64_t> result(selection.element_count(), kUntouched);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        EXPECT_TRUE(i == 0 || parts.number(i - 1) < parts.number(i));
        Shape origin = coordinates_of(parts.number(i), grid);
        std::uint64_t inside = 1;
        for (std::size_t d = 0; d < origin.size(); ++d) {
            origin[d] *= chunk[d];
            inside *= std::min(chunk[d], selection.extent()[d] - origin[d]);
        }
        EXPECT_EQ(parts.first_element(i), number_of(origin, selection.extent()));
        EXPECT_EQ(parts.is_cut(i), inside != element_count(chunk));
        std::uint64_t selected = 0;
        parts.for_each_run(i, [&](const ChunkRun& run) {
            selected += run.count();
            for (std::uint64_t k = 0; k < run.count(); ++k) {
                const std::uint64_t from = run.from + k / run.length * run.step + k % run.length;
                const std::uint64_t to = run.to;
                EXPECT_LT(from, run.from + run.span());
                Shape place = coordinates_of(from, chunk);
                for (std::size_t d = 0; d < place.size(); ++d) {
                    place[d] += origin[d];
                    ASSERT_LT(place[d], selection.extent()[d]);
                }
                ASSERT_EQ(result.at(to + k), kUntouched) << "an element comes once";
                result[to + k] = number_of(place, selection.extent());
            }
        });
        EXPECT_EQ(parts.chunk_offset(i), origin);
        if (const auto to = parts.whole_chunk_at(i)) {
            EXPECT_EQ(selected, element_count(chunk));
            EXPECT_EQ(result.at(*to), parts.first_element(i));
        }
        EXPECT_NE(selected, 0U);
        if (selection.kind() != SelectionKind::points) {
            EXPECT_EQ(parts.is_covered(i), selected == inside);
        }
    }
    return result;
}

TEST(ChunkedSelection, RandomSelectionsAreThoseOfTheReference) {
    Random random(11);
    for (int round = 0; round < 3'000; ++round) {
        const Case made = random_case(random);
        if (made.extent.empty()) {
            continue;
        }
        Shape chunk;
        for (const std::uint64_t n : made.extent) {
            chunk.push_back(
                static_cast<std::uint64_t>(random.between(1, static_cast<std::int64_t>(n) + 1)));
        }
        const Selection selection = resolve(made.expression, made.extent);
        ASSERT_EQ(gathered(selection, chunk), elements(made)) << "round " << round;
    }
}

TEST(ChunkedSelection, PointsComeInAnyOrderAndMoreThanOnce) {
    const Shape extent{4, 5};
    const Selection points = Selection::points(extent, {3, 4, 0, 0, 3, 4, 1, 1});
    EXPECT_EQ(gathered(points, {2, 2}), (std::vector<std::uint64_t>{19, 0, 19, 6}));
}

TEST(ChunkedSelection, AChunkThatIsRowsOfTheResultIsOneRun) {
    const auto runs = [](const Selection& selection, const Shape& chunk) {
        const ChunkedSelection parts(selection, chunk);
        std::size_t count = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            parts.for_each_run(i, [&](const ChunkRun&) { ++count; });
        }
        return std::pair(parts.size(), count);
    };
    const Shape extent{100, 8, 6};
    EXPECT_EQ(runs(Selection::all(extent), {10, 8, 6}), std::pair(10UL, 10UL));
    EXPECT_EQ(runs(Selection::all(extent), {30, 8, 6}), std::pair(4UL, 4UL));
    EXPECT_EQ(runs(Selection::all(extent), {10, 4, 6}), std::pair(20UL, 200UL));
    EXPECT_EQ(runs(Selection::all(Shape{1'000'000'000}), {100'000'000}), std::pair(10UL, 10UL));
}

// What the header's comment calculates.
TEST(ChunkedSelection, TheExampleOfTheHeaderIsRight) {
    const Selection selection = resolve({slice(1, 6, 2), slice(2, 7)}, {6, 10});
    const ChunkedSelection parts(selection, Shape{4, 4});
    ASSERT_EQ(parts.size(), 4U);
    const std::array<std::uint64_t, 4> numbers{0, 1, 3, 4};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        EXPECT_EQ(parts.number(i), numbers[i]);
    }
    std::vector<std::array<std::uint64_t, 3>> runs;
    parts.for_each_run(
        1, [&](const ChunkRun& run) { runs.push_back({run.from, run.to, run.count()}); });
    EXPECT_EQ(runs, (std::vector<std::array<std::uint64_t, 3>>{{4, 2, 3}, {12, 7, 3}}));
}

TEST(ChunkedSelection, NothingTouchesNothing) {
    EXPECT_EQ(ChunkedSelection(Selection::none(Shape{3, 4}), Shape{2, 2}).size(), 0U);
    EXPECT_EQ(ChunkedSelection(Selection::all(Shape{3, 0}), Shape{2, 2}).size(), 0U);
}

TEST(ChunkedSelection, SizesThatDoNotFitAreAnError) {
    const Selection one = resolve({at(0), at(0)}, {1UL << 33, 1UL << 30});
    EXPECT_THROW(ChunkedSelection(one, Shape{1UL << 40, 1UL << 40}), Error);
    EXPECT_EQ(ChunkedSelection(one, Shape{1, 1}).grid_size(), 1UL << 63);
    const Selection point = Selection::points(Shape{1UL << 40, 1UL << 40}, {1, 1});
    EXPECT_THROW(ChunkedSelection(point, Shape{1, 1}), Error);
}

}  // namespace
}  // namespace hyperslab::selection
