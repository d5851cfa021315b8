// Selections that a caller made, for this extent or for another one.

#include <cstdint>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

/// Selections of every kind in extents that are not (20, 4).
std::vector<Selection> strange_selections() {
    std::vector<Selection> strange;
    for (const Shape& extent : {Shape{},
                                Shape{4},
                                Shape{20},
                                Shape{80},
                                Shape{4, 20},
                                Shape{10, 4},
                                Shape{21, 4},
                                Shape{20, 4, 1},
                                Shape{2, 2, 5, 2, 2}}) {
        strange.push_back(Selection::all(extent));
        strange.push_back(Selection::none(extent));
        if (!extent.empty()) {
            strange.push_back(Selection::points(extent, Shape(2 * extent.size(), 0)));
            strange.push_back(resolve({indices({0, 1})}, extent));
            strange.push_back(resolve({at(1)}, extent));
        }
    }
    return strange;
}

class StrangeSelection : public testing::TestWithParam<const char*> {
protected:
    static DatasetOptions options() {
        const std::string layout = GetParam();
        return layout == "chunked"      ? DatasetOptions{.chunks = {7, 4}}
               : layout == "compressed" ? DatasetOptions{.chunks = {7, 4}, .filters = {deflate()}}
               : layout == "compact"    ? DatasetOptions{.compact = true}
                                        : DatasetOptions{};
    }
};

TEST_P(StrangeSelection, IsRefusedByWhateverTakesOne) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", Array<int>({20, 4}, 7), options());
    for (const Selection& selection : strange_selections()) {
        const auto refused = [](const auto& call) {
            expect_error(ErrorCode::invalid_argument, "(20, 4)", call);
        };
        Array<int> memory(selection.result_shape());
        refused([&] { dataset.read<int>(selection); });
        refused([&] { dataset.read_into(memory, selection); });
        refused([&] { dataset.write(memory, selection); });
        refused([&] { dataset.write(1, selection); });
        refused([&] { dataset.region_reference(selection); });
    }
    EXPECT_EQ(dataset.read<int>(), (Array<int>({20, 4}, 7)));
}

INSTANTIATE_TEST_SUITE_P(Layouts,
                         StrangeSelection,
                         testing::Values("contiguous", "chunked", "compressed", "compact"));

TEST(SelectionOfAnotherExtent, IsRefusedByScalarNullAndFieldToo) {
    struct Point {
        int x;
    };
    const File file = File::in_memory();
    const Dataset scalar = file.create_dataset("scalar", 5);
    const Dataset null = file.create_dataset("null", Empty{NativeType<int>::datatype()});
    const Dataset records = file.create_dataset(
        "records", Datatype::compound(4, {{"x", 0, NativeType<int>::datatype()}}), {3});
    const Selection row = Selection::all(Shape{1});
    expect_error(ErrorCode::invalid_argument, "", [&] { scalar.read<int>(row); });
    expect_error(ErrorCode::invalid_argument, "null", [&] { null.read<int>(Selection()); });
    expect_error(ErrorCode::invalid_argument, "", [&] { records.field("x").read<int>(row); });
    expect_error(ErrorCode::invalid_argument, "", [&] { records.field("x").write(1, row); });
    EXPECT_EQ(scalar.read<int>(Selection()).size(), 1u);
}

TEST(SelectionOfAnotherExtent, IsOneOfTheDatasetBeforeItWasResized) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<int>("x", {10}, {.max_shape = Shape{kUnlimited}});
    const Selection before = dataset.select({slice(8, 10)});
    dataset.resize({5});
    expect_error(ErrorCode::invalid_argument, "(5,)", [&] { dataset.read<int>(before); });
    dataset.resize({20});
    expect_error(ErrorCode::invalid_argument, "(20,)", [&] { dataset.write(1, before); });
}

// ---- numbers that no axis has ----

TEST(HugePositions, AreBeyondEveryEndAndDoNotWrapAround) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", std::vector<int>{1, 2, 3, 4});
    EXPECT_EQ(dataset.read<int>({slice(0, kUnlimited)}).size(), 4u);
    EXPECT_EQ(dataset.read<int>({slice(1, kUnlimited, 2)}).to_vector(), (std::vector{2, 4}));
    EXPECT_EQ(dataset.read<int>({slice(-2, kUnlimited)}).to_vector(), (std::vector{3, 4}));
    EXPECT_EQ(dataset.read<int>({slice({}, -1)}).size(), 3u);
    EXPECT_EQ(dataset.read<int>({slice(std::nullopt, std::nullopt)}).size(), 4u);
    EXPECT_TRUE(dataset.read<int>({slice(kUnlimited, kUnlimited)}).empty());
    EXPECT_EQ(dataset.read<int>({multi_block(0, 1, kUnlimited)}).size(), 4u);
    EXPECT_EQ(dataset.read<int>({multi_block(1, 2, kUnlimited)}).to_vector(), (std::vector{2, 4}));
    for (const std::uint64_t huge : {kUnlimited, kUnlimited - 1, std::uint64_t{1} << 63}) {
        expect_error(ErrorCode::out_of_range, "", [&] { dataset.read<int>({at(huge)}); });
        expect_error(ErrorCode::out_of_range, "", [&] {
            dataset.read<int>({indices(std::vector<std::uint64_t>{0, huge})});
        });
    }
}

}  // namespace
}  // namespace hyperslab
