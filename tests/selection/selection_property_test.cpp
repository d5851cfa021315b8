// Whatever the extent and the expression, the selection is what the naive reference finds.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "selection/broadcast.hpp"
#include "selection/chunks.hpp"
#include "selection/oracle.hpp"
#include "selection/runs.hpp"

namespace hyperslab::selection {
namespace {

using Elements = std::vector<std::uint64_t>;

constexpr int kRounds = 20000;

// As elements that lie apart are read.
Elements walked(const Selection& selected) {
    Elements found;
    const auto add = [&](std::uint64_t first, std::uint64_t count) {
        EXPECT_GT(count, 0u);
        for (std::uint64_t i = 0; i < count; ++i) {
            found.push_back(first + i);
        }
    };
    RunWalk{selected}(add);
    return found;
}

// As the elements of a dataset are read that is one chunk.
Elements elements(const Selection& selected) {
    const Shape extent(selected.extent().begin(), selected.extent().end());
    if (extent.empty()) {
        return walked(selected);
    }
    Elements found(selected.element_count());
    if (found.empty()) {
        return found;
    }
    ChunkedSelection(selected, extent).for_each_run(0, [&](const ChunkRun& run) {
        for (std::uint64_t k = 0; k < run.count(); ++k) {
            found.at(run.to + k) = run.from + k / run.length * run.step + k % run.length;
        }
    });
    if (selected.kind() != SelectionKind::points) {
        EXPECT_EQ(walked(selected), found);
    }
    return found;
}

TEST(SelectionProperty, ShapesAndRunsAreThoseOfTheReference) {
    Random random(20261123);
    for (int round = 0; round < kRounds; ++round) {
        const Case made = random_case(random);
        const Selection selected = resolve(made.expression, made.extent);
        const Elements expected = elements(made);
        ASSERT_EQ(elements(selected), expected) << "round " << round;
        ASSERT_EQ(selected.memory_shape(), shape_of(made, false)) << "round " << round;
        ASSERT_EQ(selected.result_shape(), shape_of(made, true)) << "round " << round;
        ASSERT_EQ(selected.element_count(), expected.size()) << "round " << round;
        ASSERT_TRUE(!selected.is_whole() || expected.size() == element_count(made.extent));
    }
}

TEST(SelectionProperty, MasksSelectThePointsOfTheReference) {
    Random random(7);
    for (int round = 0; round < kRounds / 4; ++round) {
        const Shape extent = random_case(random).extent;
        std::vector<std::uint8_t> mask(element_count(extent));
        Elements expected;
        for (std::size_t i = 0; i < mask.size(); ++i) {
            mask[i] = random.chance(30);
            if (mask[i] != 0) {
                expected.push_back(i);
            }
        }
        ASSERT_EQ(elements(Selection::from_mask(extent, mask)), expected) << "round " << round;
    }
}

// Looked through in parts of a megabyte and a word at a time, with every way to be true.
TEST(SelectionProperty, LongMasksSelectThePointsOfTheReference) {
    Random random(11);
    for (const Shape& extent : {Shape{3'000'017}, Shape{2'001, 1'003}, Shape{3, 5, 200'003}}) {
        for (const int percent : {0, 1, 50, 100}) {
            std::vector<std::uint8_t> mask(element_count(extent));
            Elements expected;
            for (std::size_t i = 0; i < mask.size(); ++i) {
                if (random.chance(percent)) {
                    mask[i] = static_cast<std::uint8_t>(i % 255 + 1);
                    expected.push_back(i);
                }
            }
            ASSERT_TRUE(elements(Selection::from_mask(extent, mask)) == expected)
                << to_string(extent) << ", " << percent << " %";
        }
    }
}

// A shape that broadcasts to the target: some of the first dimensions left out, some made 1.
Shape random_source(Random& random, const Shape& target) {
    const auto kept = random.between(0, static_cast<std::int64_t>(target.size()));
    Shape source(target.end() - kept, target.end());
    for (std::uint64_t& n : source) {
        n = random.chance(40) ? 1 : n;
    }
    if (random.chance(20)) {
        source.insert(source.begin(), target.size() - source.size() + 1, 1);
    }
    return source;
}

// The element of the source that NumPy puts at a place of the target.
std::uint64_t source_element(const Shape& source, const Shape& target, std::uint64_t place) {
    std::uint64_t element = 0;
    std::uint64_t unit = 1;
    for (std::size_t back = 1; back <= target.size() && back <= source.size(); ++back) {
        const std::uint64_t n = source[source.size() - back];
        const std::uint64_t length = target[target.size() - back];
        element += n == 1 ? 0 : place % length * unit;
        place /= length;
        unit *= n;
    }
    return element;
}

using Written =
    std::vector<std::pair<std::uint64_t, std::uint64_t>>;  // where, which source element

Written written_by_tiles(const Selection& selected, const Shape& source) {
    Written written;
    for_each_tile(selected, expand_shape(selected, source), [&](const Selection& tile) {
        std::uint64_t next = 0;
        for (const std::uint64_t element : elements(tile)) {
            written.emplace_back(element, next++);
        }
        EXPECT_EQ(next, element_count(source)) << "a tile is not as large as the source";
    });
    std::ranges::sort(written);
    return written;
}

TEST(SelectionProperty, TilesPutTheSourceWhereNumpyDoes) {
    Random random(11);
    for (int round = 0; round < kRounds; ++round) {
        const Case made = random_case(random);
        const Selection selected = resolve(made.expression, made.extent);
        const Shape target = selected.result_shape();
        const bool regular =
            selected.kind() == SelectionKind::all || selected.kind() == SelectionKind::hyperslab;
        const Shape source = regular ? random_source(random, target) : target;
        Written expected;
        for (const std::uint64_t element : elements(made)) {
            expected.emplace_back(element, source_element(source, target, expected.size()));
        }
        std::ranges::sort(expected);
        ASSERT_EQ(written_by_tiles(selected, source), expected)
            << "round " << round << ": " << to_string(source) << " -> " << to_string(target);
    }
}

}  // namespace
}  // namespace hyperslab::selection
