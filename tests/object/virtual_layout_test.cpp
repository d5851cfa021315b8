#include <string>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

TEST(VirtualDataset, ShowsElementsOfOtherFiles) {
    const ScratchPath path("virtual.h5");
    const ScratchPath a("virtual_a.h5");
    const ScratchPath b("virtual_b.h5");
    File(a, Mode::create).create_dataset("data", std::vector<int>{1, 2, 3});
    File(b, Mode::create).create_dataset("data", std::vector<int>{4, 5, 6});
    const File file(path, Mode::create);
    VirtualLayout layout({3, 3}, NativeType<int>::datatype());
    layout.map(at(0), {a, "data", {3}}).map(at(1), {b, "data", {3}});
    const Dataset dataset = file.create_virtual_dataset("g/all", layout, fill_value(-1));
    EXPECT_TRUE(dataset.is_virtual());
    EXPECT_EQ(dataset.layout(), Layout::virtual_);
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{1, 2, 3, 4, 5, 6, -1, -1, -1}));

    const std::vector<VirtualMapping> sources = dataset.virtual_sources();
    ASSERT_EQ(sources.size(), 2u);
    EXPECT_EQ(sources[1].file, b.string());
    EXPECT_EQ(sources[1].dataset, "data");
    EXPECT_EQ(sources[1].virtual_selection.element_count(), 3u);
    EXPECT_EQ(sources[1].virtual_selection.start()[0], 1u);
    EXPECT_EQ(sources[1].source_selection.element_count(), 3u);
    EXPECT_FALSE(sources[1].unlimited);

    file.close();
    const auto again = File(path).dataset("g/all").virtual_sources();
    ASSERT_EQ(again.size(), 2u);
    EXPECT_EQ(again[0].virtual_selection.element_count(), 3u);
    EXPECT_EQ(again[0].source_selection.element_count(), 3u);
}

TEST(VirtualDataset, TakesPartsOfItsOwnFile) {
    const File file = File::in_memory();
    file.create_dataset("source", std::vector<int>{0, 1, 2, 3, 4, 5});
    VirtualLayout layout({2, 2}, NativeType<int>::datatype());
    layout.map({all, at(0)}, {".", "source", {6}, {slice(0, 4, 2)}});
    layout.map({all, at(1)}, {".", "source", {6}, {slice(4, 6)}});
    const Dataset dataset = file.create_virtual_dataset("v", layout);
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{0, 4, 2, 5}));
    EXPECT_TRUE(file.dataset("source").virtual_sources().empty());
}

/// A virtual dataset (n, 3) of a source that grows.
Dataset growing(const File& file, const IndexExpression& where, const IndexExpression& from) {
    file.create_dataset<int>(
        "source", {0, 3}, {.chunks = {4, 3}, .max_shape = Shape{kUnlimited, 3}});
    VirtualLayout layout({0, 3}, NativeType<int>::datatype(), Shape{kUnlimited, 3});
    layout.map(where, {".", "source", {0, 3}, from});
    EXPECT_TRUE(layout.mappings()[0].unlimited);
    return file.create_virtual_dataset("v", layout);
}

TEST(VirtualDataset, GrowsWithItsSource) {
    for (const Index& endless :
         {Index{slice(0, kUnlimited)}, Index{multi_block(0, 1, kUnlimited)}}) {
        const File file = File::in_memory();
        const Dataset dataset = growing(file, {endless, all}, {endless, all});
        EXPECT_EQ(dataset.shape(), (Shape{0, 3}));
        const Dataset source = file.dataset("source");
        source.append({{1, 2, 3}, {4, 5, 6}});
        EXPECT_EQ(dataset.shape(), (Shape{2, 3}));
        EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{1, 2, 3, 4, 5, 6}));
        source.append({7, 8, 9});
        EXPECT_EQ(dataset.get<int>({at(2), at(0)}), 7);
        const std::vector<VirtualMapping> sources = dataset.virtual_sources();
        ASSERT_EQ(sources.size(), 1u);
        EXPECT_TRUE(sources[0].unlimited);
        EXPECT_EQ(sources[0].unlimited_axis, 0u);
        EXPECT_EQ(sources[0].source_unlimited_axis, 0u);
        EXPECT_EQ(sources[0].dataset, "source");
        EXPECT_EQ(sources[0].virtual_selection.extent()[1], 3u);
        const File again = File::from_image(file.image());
        EXPECT_TRUE(again.dataset("v").virtual_sources()[0].unlimited);
        EXPECT_EQ(again.dataset("v").read<int>().size(), 9u);
    }
}

TEST(VirtualDataset, TakesEveryOtherRowOfASourceThatGrows) {
    const File file = File::in_memory();
    const Dataset dataset =
        growing(file, {slice(0, kUnlimited), all}, {ellipsis, multi_block(1, 2, kUnlimited), all});
    file.dataset("source").append({{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {4, 4, 4}, {5, 5, 5}});
    EXPECT_EQ(dataset.read<int>({all, at(0)}).to_vector(), (std::vector<int>{2, 4}));
}

TEST(VirtualDataset, CountsSourcesByTheirNames) {
    const File file = File::in_memory();
    for (int i = 0; i < 3; ++i) {
        file.create_dataset("part" + std::to_string(i), std::vector<int>{i, i});
    }
    VirtualLayout layout({0, 2}, NativeType<int>::datatype(), Shape{kUnlimited, 2});
    layout.map({slice(0, kUnlimited), all}, {".", "part%b", {2}});
    const Dataset dataset = file.create_virtual_dataset("v", layout);
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{0, 0, 1, 1, 2, 2}));
    EXPECT_TRUE(dataset.virtual_sources()[0].unlimited);
    EXPECT_FALSE(dataset.virtual_sources()[0].source_unlimited_axis);
}

TEST(VirtualDataset, AnEndAtUnlimitedIsTheWholeAxisWhereItHasAnEnd) {
    const File file = File::in_memory();
    file.create_dataset("source", std::vector<int>{1, 2, 3});
    VirtualLayout layout({3}, NativeType<int>::datatype());
    layout.map({slice(0, kUnlimited)}, {".", "source", {3}, {slice(0, kUnlimited)}});
    const Dataset dataset = file.create_virtual_dataset("v", layout);
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{1, 2, 3}));
    EXPECT_FALSE(dataset.virtual_sources()[0].unlimited);
}

TEST(VirtualDataset, EndlessMappingsThatCannotBeAreErrors) {
    VirtualLayout layout({0, 3}, NativeType<int>::datatype(), Shape{kUnlimited, kUnlimited});
    const Slice endless = slice(0, kUnlimited);
    constexpr auto kBad = ErrorCode::invalid_argument;
    expect_error(
        kBad, "'d' in file 'f.h5'", [&] { layout.map({endless, all}, {"f.h5", "d", {3}}); });
    expect_error(kBad, "two", [&] {
        layout.map({endless, endless}, {"f.h5", "d", {3, 3}, {endless, all}});
    });
    expect_error(kBad, "at least 0", [&] {
        layout.map({slice(-1, kUnlimited), all}, {"f.h5", "d", {3, 3}, {endless, all}});
    });
}

TEST(VirtualDataset, MappingsThatDoNotFitAreErrors) {
    VirtualLayout layout({2, 3}, NativeType<int>::datatype());
    expect_error(ErrorCode::invalid_argument, "3 elements cannot be mapped to 4 of 'd'", [&] {
        layout.map(at(0), {"f.h5", "d", {4}});
    });
    expect_error(ErrorCode::out_of_range, "", [&] { layout.map(at(2), {"f.h5", "d", {3}}); });
}

}  // namespace
}  // namespace hyperslab
