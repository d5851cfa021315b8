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

TEST(VirtualDataset, MappingsThatDoNotFitAreErrors) {
    VirtualLayout layout({2, 3}, NativeType<int>::datatype());
    expect_error(ErrorCode::invalid_argument, "3 elements cannot be mapped to 4 of 'd'", [&] {
        layout.map(at(0), {"f.h5", "d", {4}});
    });
    expect_error(ErrorCode::out_of_range, "", [&] { layout.map(at(2), {"f.h5", "d", {3}}); });
}

}  // namespace
}  // namespace hyperslab
