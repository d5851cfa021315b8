#include "engine/library/library_engine.hpp"

#include <gtest/gtest.h>

#include "engine/support.hpp"
#include "hyperslab/error.hpp"
#include "selection/oracle.hpp"

namespace hyperslab::engine {
namespace {

using selection::Case;
using selection::elements;
using selection::Random;
using selection::random_case;
using Values = std::vector<std::int32_t>;

TEST(LibraryEngine, ReadsEveryKindOfSelection) {
    const MemoryFile file;
    const Shape shape{4, 6};
    const hdf5::Handle handle = file.dataset("x", shape);
    OpenDataset dataset(handle.id());
    fill(dataset, shape);
    EXPECT_EQ(read_values(dataset, Selection::all(shape)), counted(shape));
    EXPECT_EQ(read_values(dataset, resolve({at(1), slice(0, 6, 2)}, shape)), (Values{6, 8, 10}));
    EXPECT_EQ(read_values(dataset, resolve({indices({0, 3}), at(5)}, shape)), (Values{5, 23}));
    EXPECT_EQ(read_values(dataset, Selection::points(shape, {3, 0, 0, 2})), (Values{18, 2}));
    EXPECT_TRUE(read_values(dataset, Selection::none(shape)).empty());
}

TEST(LibraryEngine, ReadsLongListsInTheirOrder) {
    const MemoryFile file;
    const Shape shape{1000, 3};
    const hdf5::Handle handle = file.dataset("x", shape);
    OpenDataset dataset(handle.id());
    fill(dataset, shape);
    IndexList list;
    Values expected;
    for (std::int64_t i = 0; i < 1000; i += 1 + i % 3) {
        list.positions.push_back(i);
        expected.push_back(static_cast<std::int32_t>(i * 3 + 1));
    }
    EXPECT_EQ(read_values(dataset, resolve({list, at(1)}, shape)), expected);
}

TEST(LibraryEngine, TakesNoSelectionOfAnExtentThatHasChanged) {
    const MemoryFile file;
    const hdf5::Handle handle = file.dataset("x", {4}, {2});
    OpenDataset dataset(handle.id());
    fill(dataset, {4});
    const Selection before = Selection::all(Shape{4});
    hdf5::h5d::set_extent(handle.id(), {100});
    EXPECT_THROW(read_values(dataset, before), ExtentChanged) << "neither 4 nor 100";
    EXPECT_THROW(write({dataset, before, int_type()}, Values(100).data()), ExtentChanged);
    hdf5::h5d::set_extent(handle.id(), {2});
    EXPECT_THROW(read_values(dataset, before), ExtentChanged);
    hdf5::h5d::set_extent(handle.id(), {4});
    EXPECT_EQ(read_values(dataset, before), (Values{0, 1, 0, 0}));
}

TEST(LibraryEngine, ConvertsOnTheWay) {
    const MemoryFile file;
    const hdf5::Handle handle = file.dataset("x", {3});
    OpenDataset dataset(handle.id());
    fill(dataset, {3});
    std::vector<double> values(3);
    const Selection all = Selection::all(Shape{3});
    read({dataset, all, hdf5::h5t::predefined_type("NATIVE_DOUBLE")}, values.data());
    EXPECT_EQ(values, (std::vector<double>{0, 1, 2}));
}

TEST(LibraryEngine, RandomSelectionsAreThoseOfTheReference) {
    Random random(4);
    const MemoryFile file;
    for (int round = 0; round < 500; ++round) {
        const Case made = random_case(random);
        const Shape chunk(made.extent.size(), random.chance(50) ? 2 : 3);
        const hdf5::Handle handle =
            file.dataset(nullptr, made.extent, random.chance(50) ? chunk : Shape{});
        OpenDataset dataset(handle.id());
        Values contents = counted(made.extent);
        if (!contents.empty()) {
            fill(dataset, made.extent);
        }
        const Selection selected = resolve(made.expression, made.extent);
        Values expected;
        for (const std::uint64_t element : elements(made)) {
            expected.push_back(contents[element]);
            contents[element] *= -1;
        }
        ASSERT_EQ(read_values(dataset, selected), expected) << "round " << round;
        for (std::int32_t& value : expected) {
            value *= -1;
        }
        write({dataset, selected, int_type()}, expected.data());
        ASSERT_EQ(read_values(dataset, Selection::all(made.extent)), contents) << "round " << round;
    }
}

}  // namespace
}  // namespace hyperslab::engine
