// hyperslab and the machine's own libhdf5 in one program, each with files of both.

#include <gtest/gtest.h>
#include <hdf5.h>

#include <numeric>
#include <string>
#include <vector>

#include "hyperslab/hyperslab.hpp"

namespace hs = hyperslab;

namespace {

std::vector<int> counted() {
    std::vector<int> values(1000);
    std::iota(values.begin(), values.end(), 0);
    return values;
}

std::string other_version() {
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    H5get_libversion(&major, &minor, &release);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

/// A dataset written by the other one, with filters if there are any.
void write_by_other(hid_t file, const char* name, std::vector<H5Z_filter_t> filters) {
    const hsize_t size = 1000;
    const hid_t space = H5Screate_simple(1, &size, nullptr);
    const hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
    ASSERT_GE(H5Pset_chunk(plist, 1, &size), 0);
    for (const H5Z_filter_t filter : filters) {
        ASSERT_GE(H5Pset_filter(plist, filter, 0, 0, nullptr), 0) << filter;
    }
    const hid_t dataset =
        H5Dcreate2(file, name, H5T_STD_I32BE, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    ASSERT_GE(dataset, 0);
    EXPECT_GE(H5Dwrite(dataset, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, counted().data()),
              0);
    H5Dclose(dataset);
    H5Pclose(plist);
    H5Sclose(space);
}

std::vector<int> read_by_other(hid_t file, const char* name) {
    std::vector<int> values(1000);
    const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    EXPECT_GE(H5Dread(dataset, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    H5Dclose(dataset);
    return values;
}

TEST(TwoHdf5s, AreEachWhatTheyAre) {
    EXPECT_NE(hs::hdf5_version(), other_version());
    EXPECT_TRUE(other_version().starts_with("1.10.") || other_version().starts_with("1.12.") ||
                other_version().starts_with("1.14.") || other_version().starts_with("2."))
        << other_version();
}

TEST(TwoHdf5s, ReadEachOthersFiles) {
    const hid_t theirs = H5Fcreate("theirs.h5", H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hs::File ours("ours.h5", hs::Mode::create);
    write_by_other(theirs, "x", {H5Z_FILTER_SHUFFLE});
    ours.create_dataset("x", counted(), {.chunks = {100}, .filters = {hs::deflate()}});
    // Both files are open in both now, and everything is opened and closed by turns.
    H5Fflush(theirs, H5F_SCOPE_GLOBAL);
    ours.flush();
    const hs::FileOptions unlocked{.locking = hs::FileLocking::off};
    EXPECT_EQ(hs::File("theirs.h5", hs::Mode::read, unlocked).dataset("x").read<int>().to_vector(),
              counted());
    EXPECT_EQ(read_by_other(theirs, "x"), counted());
    ours.close();
    H5Fclose(theirs);
    const hid_t again = H5Fopen("ours.h5", H5F_ACC_RDONLY, H5P_DEFAULT);
    EXPECT_EQ(read_by_other(again, "x"), counted());
    H5Fclose(again);
    EXPECT_EQ(hs::File("theirs.h5").dataset("x").get<int>(hs::at(-1)), 999);
}

TEST(TwoHdf5s, FailEachForItself) {
    EXPECT_THROW(hs::File("missing.h5"), hs::Error);
    H5E_auto2_t function = nullptr;
    void* data = nullptr;
    EXPECT_GE(H5Eget_auto2(H5E_DEFAULT, &function, &data), 0);
    EXPECT_NE(function, nullptr) << "hyperslab's silence is its own";
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    EXPECT_LT(H5Fopen("missing.h5", H5F_ACC_RDONLY, H5P_DEFAULT), 0);
    EXPECT_GT(H5Eget_num(H5E_DEFAULT), 0);
    H5Eset_auto2(H5E_DEFAULT, function, data);
}

// One plug-in file, linked with the other HDF5; both load it, in either order.
TEST(TwoHdf5s, LoadOnePluginEachForItself) {
    const hs::File ours("ours.h5", hs::Mode::create);
    const auto by_us = [&](const std::string& name, hs::FilterId id) {
        const hs::Dataset made = ours.create_dataset(
            name, counted(), {.chunks = {1000}, .filters = {hs::custom_filter(id)}});
        EXPECT_EQ(made.filters().front().options, (std::vector<unsigned>{42, 4}));
    };
    const hid_t theirs = H5Fcreate("theirs.h5", H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    by_us("a", 300);
    write_by_other(theirs, "a", {300});
    by_us("b", 301);
    write_by_other(theirs, "b", {301});
    ours.close();
    H5Fclose(theirs);
    for (const char* name : {"a", "b"}) {
        EXPECT_EQ(hs::File("theirs.h5").dataset(name).read<int>().to_vector(), counted());
        const hid_t file = H5Fopen("ours.h5", H5F_ACC_RDONLY, H5P_DEFAULT);
        EXPECT_EQ(read_by_other(file, name), counted());
        H5Fclose(file);
    }
}

}  // namespace
