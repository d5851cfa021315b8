// The way to HDF5's own functions and back.

#include <hyperslab/native.hpp>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

using native::Id;

TEST(Native, FunctionsAreThoseOfTheHdf5Inside) {
    const native::Lock lock;
    unsigned numbers[3] = {};
    const auto version = native::function<int(unsigned*, unsigned*, unsigned*)>("H5get_libversion");
    ASSERT_GE(version(&numbers[0], &numbers[1], &numbers[2]), 0);
    EXPECT_EQ(std::to_string(numbers[0]) + "." + std::to_string(numbers[1]) + "." +
                  std::to_string(numbers[2]),
              hdf5_version());
    EXPECT_GT(*static_cast<Id*>(native::symbol("H5T_NATIVE_INT_g")), 0);
    for (const char* name :
         {"H5Dopen2", "H5DSattach_scale", "H5Pset_deflate", "H5P_CLS_DATASET_CREATE_ID_g"}) {
        EXPECT_NE(native::symbol(name), nullptr) << name;
    }
    expect_error(ErrorCode::not_found, "'H5Dno_such'", [] { native::symbol("H5Dno_such"); });
}

TEST(Native, WhatCFunctionsChangeIsSeen) {
    const ScratchPath path("native.h5");
    const File file(path, Mode::create);
    std::vector<int> values(30000, 1);
    const Dataset dataset = file.create_dataset(
        "x", values, {.chunks = {1000}, .max_shape = Shape{kUnlimited}, .filters = {deflate(1)}});
    EXPECT_EQ(dataset.read<int>()[29999], 1);
    EXPECT_EQ(dataset.get<int>(at(0)), 1);
    values.assign(30000, 2);
    {
        const native::Lock lock;
        const Id native_int = *static_cast<Id*>(native::symbol("H5T_NATIVE_INT_g"));
        const auto write = native::function<int(Id, Id, Id, Id, Id, const void*)>("H5Dwrite");
        ASSERT_GE(write(native::id(dataset), native_int, 0, 0, 0, values.data()), 0);
        const auto set_extent = native::function<int(Id, const std::uint64_t*)>("H5Dset_extent");
        const std::uint64_t longer = 30001;
        ASSERT_GE(set_extent(native::id(dataset), &longer), 0);
    }
    EXPECT_EQ(dataset.shape(), (Shape{30001}));
    EXPECT_EQ(dataset.read<int>()[29999], 2);
    EXPECT_EQ(dataset.get<int>(at(0)), 2);
}

TEST(Native, PropertyListsAreMadeChangedAndUsed) {
    const ScratchPath path("native.h5");
    const native::Lock lock;
    const auto create = native::function<Id(Id)>("H5Pcreate");
    const auto class_of = [](const char* name) { return *static_cast<Id*>(native::symbol(name)); };
    const native::OwnedId fapl(create(class_of("H5P_CLS_FILE_ACCESS_ID_g")));
    const auto set_bounds = native::function<int(Id, int, int)>("H5Pset_libver_bounds");
    ASSERT_GE(set_bounds(fapl.id(), 2, 2), 0);
    const File file = native::open_file(path, Mode::create, fapl.id());
    EXPECT_EQ(file.format_bounds().low, FormatVersion::v110);

    const native::OwnedId dcpl(create(class_of("H5P_CLS_DATASET_CREATE_ID_g")));
    const std::uint64_t chunk[2] = {4, 5};
    const auto set_chunk = native::function<int(Id, int, const std::uint64_t*)>("H5Pset_chunk");
    ASSERT_GE(set_chunk(dcpl.id(), 2, chunk), 0);
    const Dataset dataset =
        native::create_dataset(file, "a/x", NativeType<float>::datatype(), {8, 10}, dcpl.id());
    EXPECT_EQ(dataset.chunks(), (Shape{4, 5}));
    EXPECT_EQ(dataset.name(), "/a/x");
    const native::OwnedId again = native::creation_list(dataset);
    const auto get_layout = native::function<int(Id)>("H5Pget_layout");
    EXPECT_EQ(get_layout(again.id()), 2);
    EXPECT_TRUE(native::access_list(dataset).valid());
    EXPECT_TRUE(native::creation_list(file).valid());
    EXPECT_TRUE(native::creation_list(file.group("a")).valid());
    EXPECT_EQ(native::open_dataset(file, "a/x", native::access_list(dataset).id()), dataset);
    const native::OwnedId gcpl = native::creation_list(file.group("a"));
    EXPECT_EQ(native::create_group(file, "b/c", gcpl.id()).name(), "/b/c");
    expect_error(ErrorCode::already_exists, "native.h5", [&] {
        native::create_group(file, "b/c", gcpl.id());
    });
    expect_error(
        ErrorCode::not_found, "", [&] { native::open_dataset(file, "none", native::kDefault); });
    expect_error(
        ErrorCode::invalid_argument, "access list", [&] { native::access_list(file.group("a")); });
}

TEST(Native, IdentifiersBecomeObjects) {
    const File file = File::in_memory();
    file.create_dataset("x", std::vector<int>{1, 2, 3});
    const native::Lock lock;
    const auto open = native::function<Id(Id, const char*, Id)>("H5Oopen");
    const Dataset dataset =
        native::adopt(native::OwnedId(open(native::id(file), "x", native::kDefault)));
    EXPECT_EQ(dataset, file.dataset("x"));
    EXPECT_EQ(dataset.read<int>()[2], 3);
    const native::OwnedId type = native::type_id(NativeType<double>::datatype());
    EXPECT_EQ(native::describe(type.id()), NativeType<double>::datatype());
    constexpr auto kBad = ErrorCode::invalid_argument;
    expect_error(kBad, "", [] { native::adopt(native::OwnedId()); });
    expect_error(kBad, "", [] { native::adopt(native::OwnedId(12345)); });
    expect_error(kBad, "", [&] {
        native::adopt(native::type_id(NativeType<double>::datatype()).valid()
                          ? native::creation_list(dataset)
                          : native::OwnedId());
    });
    expect_error(kBad, "", [] { native::describe(-1); });
    file.close();
    expect_error(ErrorCode::closed, "", [&] { native::id(dataset); });
}

}  // namespace
}  // namespace hyperslab
