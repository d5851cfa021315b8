#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

TEST(Reference, LeadsBackToTheObject) {
    const File file = File::in_memory();
    const Group group = file.create_group("g");
    const Dataset dataset = group.create_dataset("x", std::vector<int>{1, 2});
    EXPECT_EQ(file.dereference(group.reference()), group);
    EXPECT_EQ(group.dereference(dataset.reference()).name(), "/g/x");
    EXPECT_EQ(file.dereference(file.reference()).name(), "/");
    EXPECT_EQ(group.reference(), file["g"].reference());
}

TEST(Reference, IsAnElementLikeAnyOther) {
    const File file = File::in_memory();
    const Group group = file.create_group("g");
    const Dataset stored = file.create_dataset<ObjectReference>("refs", {2});
    stored.write(group.reference(), at(0));
    EXPECT_EQ(file.dereference(stored.get<ObjectReference>(at(0))), group);
    const auto null = stored.get<ObjectReference>(at(1));
    EXPECT_TRUE(null.null());
    expect_error(ErrorCode::invalid_argument, "null reference", [&] { file.dereference(null); });
    group.attributes()["self"] = group.reference();
    EXPECT_EQ(file.dereference(group.attributes().get<ObjectReference>("self")), group);
}

TEST(Reference, ToNothingIsAnError) {
    const File file = File::in_memory();
    ObjectReference broken;
    broken.bytes.fill(std::byte{0x7f});
    EXPECT_THROW(file.dereference(broken), Error);
}

TEST(RegionReference, RemembersWhichElements) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<int>("x", {4, 6});
    std::vector<int> values(24);
    for (int i = 0; i < 24; ++i) {
        values[static_cast<std::size_t>(i)] = i;
    }
    dataset.write(values);
    const Dataset stored = file.create_dataset<RegionReference>("refs", {4});
    stored.write(dataset.region_reference({slice(1, 3), slice(0, 6, 2)}), at(0));
    stored.write(dataset.region_reference({all, indices({0, 3})}), at(1));
    stored.write(dataset.region_reference(Selection::points(dataset.shape(), {3, 5, 0, 1})), at(2));

    const auto regular = stored.get<RegionReference>(at(0));
    const Dataset target = file.dereference(regular);
    EXPECT_EQ(target, dataset);
    EXPECT_EQ(target.read<int>(target.select(regular)),
              Array<int>({2, 3}, std::vector<int>{6, 8, 10, 12, 14, 16}));
    const Selection listed = dataset.select(stored.get<RegionReference>(at(1)));
    EXPECT_EQ(dataset.read<int>(listed).to_vector(),
              (std::vector<int>{0, 3, 6, 9, 12, 15, 18, 21}));
    const Selection points = dataset.select(stored.get<RegionReference>(at(2)));
    EXPECT_EQ(dataset.read<int>(points).to_vector(), (std::vector<int>{23, 1}));
    EXPECT_EQ(dataset.select(dataset.region_reference()).element_count(), 24u);
}

TEST(RegionReference, OfAnotherDatasetOrNoneIsAnError) {
    const File file = File::in_memory();
    const Dataset a = file.create_dataset<int>("a", {4});
    const Dataset b = file.create_dataset<int>("b", {4});
    expect_error(ErrorCode::invalid_argument, "another dataset", [&] {
        b.select(a.region_reference(at(1)));
    });
    expect_error(ErrorCode::invalid_argument, "null", [&] { a.select(RegionReference{}); });
    expect_error(ErrorCode::invalid_argument, "null", [&] { a.dereference(RegionReference{}); });
}

}  // namespace
}  // namespace hyperslab
