#include "engine/store/open_dataset.hpp"

#include <gtest/gtest.h>

#include "engine/support.hpp"

namespace hyperslab::engine {
namespace {

TEST(OpenDataset, KnowsExtentTypeAndLayout) {
    const MemoryFile file;
    const hdf5::Handle handle = file.dataset("x", {3, 4});
    OpenDataset dataset(handle.id());
    EXPECT_EQ(dataset.extent()->dims, (Shape{3, 4}));
    EXPECT_EQ(dataset.extent()->max_dims, (Shape{3, 4}));
    EXPECT_FALSE(dataset.extent()->is_null());
    EXPECT_EQ(dataset.type(), Datatype::integer(4, true));
    EXPECT_EQ(dataset.layout(), hdf5::h5d::Layout::contiguous);
    EXPECT_FALSE(dataset.may_leave_memory_untouched());
}

TEST(OpenDataset, RemembersAnExtentThatCannotChange) {
    const MemoryFile file;
    const hdf5::Handle fixed = file.dataset("fixed", {3});
    OpenDataset dataset(fixed.id());
    EXPECT_FALSE(dataset.has_fixed_extent());
    for (int question = 0; question < 10; ++question) {
        dataset.extent();
    }
    EXPECT_TRUE(dataset.has_fixed_extent());
}

TEST(OpenDataset, AsksAgainForOneThatCan) {
    const MemoryFile file;
    const hdf5::Handle chunked = file.dataset("chunked", {3}, {2});
    OpenDataset dataset(chunked.id());
    OpenDataset other(chunked.id());
    other.extent();
    const auto before = dataset.extent();
    EXPECT_EQ(before->dims, (Shape{3}));
    hdf5::h5d::set_extent(chunked.id(), {5});
    EXPECT_EQ(before->dims, (Shape{3})) << "who asked before keeps what it got";
    EXPECT_EQ(dataset.extent()->dims, (Shape{5}));
    EXPECT_EQ(other.extent()->dims, (Shape{5}));
    EXPECT_FALSE(dataset.has_fixed_extent());
}

TEST(OpenDataset, ScalarAndNullHaveNoDimensions) {
    const MemoryFile file;
    for (const auto kind : {hdf5::h5s::ExtentClass::scalar, hdf5::h5s::ExtentClass::null}) {
        const hdf5::Handle space = hdf5::h5s::create(kind);
        const hdf5::Handle handle = hdf5::h5d::create(file.id(), nullptr, int_type(), space.id());
        OpenDataset dataset(handle.id());
        EXPECT_TRUE(dataset.extent()->dims.empty());
        EXPECT_EQ(dataset.extent()->is_null(), kind == hdf5::h5s::ExtentClass::null);
        EXPECT_EQ(dataset.extent()->is_scalar(), kind == hdf5::h5s::ExtentClass::scalar);
    }
}

TEST(OpenDataset, FillTimeNeverMayLeaveMemoryUntouched) {
    const MemoryFile file;
    const hdf5::Handle dcpl = hdf5::h5p::create(hdf5::h5p::ListClass::dataset_create);
    hdf5::h5p::set_fill_time(dcpl.id(), hdf5::h5p::FillTime::never);
    const hdf5::Handle space = hdf5::h5s::create_simple({3});
    const hdf5::Handle handle =
        hdf5::h5d::create(file.id(), "x", int_type(), space.id(), hdf5::kDefault, dcpl.id());
    OpenDataset dataset(handle.id());
    EXPECT_TRUE(dataset.may_leave_memory_untouched());
}

TEST(OpenDataset, ScratchSpacesTakeAnyShape) {
    const MemoryFile file;
    const hdf5::Handle handle = file.dataset("x", {3, 4});
    OpenDataset dataset(handle.id());
    for (const Shape& shape : {Shape{2}, Shape{3, 4, 5}, Shape{2}}) {
        EXPECT_EQ(hdf5::h5s::dims(dataset.scratch_memory_space(shape)), shape);
    }
    EXPECT_EQ(hdf5::h5s::dims(dataset.scratch_file_space()), (Shape{3, 4}));
}

}  // namespace
}  // namespace hyperslab::engine
