#include "hdf5/drivers/device_file.hpp"

#include <gtest/gtest.h>

#include <string_view>

#include "hdf5/memory_device.hpp"

namespace hyperslab::hdf5 {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string content(DeviceFile& file) {
    std::string text(file.size(), '?');
    file.read(0, std::as_writable_bytes(std::span(text)));
    return text;
}

std::string content(const MemoryDevice& device) {
    return {reinterpret_cast<const char*>(device.bytes.data()), device.bytes.size()};
}

struct DeviceFileTest : testing::Test {
    std::shared_ptr<MemoryDevice> device = std::make_shared<MemoryDevice>();
    DeviceFile file{device};

    void refuse() { device->fails_from = 0; }
};

TEST_F(DeviceFileTest, WritesGoToTheDeviceAtOnce) {
    file.write(2, bytes_of("ab"));
    EXPECT_EQ(content(*device), std::string_view("\0\0ab", 4));
    EXPECT_EQ(file.size(), 4u);
    EXPECT_TRUE(file.settled());
}

TEST_F(DeviceFileTest, RefusedBytesAreReadBack) {
    file.write(0, bytes_of("abcdef"));
    refuse();
    EXPECT_THROW(file.write_or_keep(1, bytes_of("XY")), DeviceBroken);
    EXPECT_THROW(file.write_or_keep(2, bytes_of("Z")), DeviceBroken);
    EXPECT_THROW(file.write_or_keep(5, bytes_of("fgh")), DeviceBroken);
    EXPECT_EQ(content(file), "aXZdefgh");
    EXPECT_EQ(content(*device), "abcdef");
    EXPECT_FALSE(file.settled());
}

TEST_F(DeviceFileTest, RefusedBytesAreWrittenWhenTheDeviceWorksAgain) {
    refuse();
    EXPECT_THROW(file.write_or_keep(0, bytes_of("abc")), DeviceBroken);
    EXPECT_THROW(file.settle(), DeviceBroken);
    device->works_again();
    file.settle();
    EXPECT_TRUE(file.settled());
    EXPECT_EQ(content(*device), "abc");
}

// The later write must win, whichever of the two was refused.
TEST_F(DeviceFileTest, OrderIsKept) {
    refuse();
    EXPECT_THROW(file.write_or_keep(0, bytes_of("old")), DeviceBroken);
    device->works_again();
    file.write(0, bytes_of("new"));
    EXPECT_EQ(content(*device), "new");
    EXPECT_EQ(content(file), "new");
}

TEST_F(DeviceFileTest, RefusedTruncationIsDoneLater) {
    file.write(0, bytes_of("abcdef"));
    refuse();
    EXPECT_THROW(file.truncate(2), DeviceBroken);
    EXPECT_EQ(file.size(), 2u);
    device->works_again();
    file.settle();
    EXPECT_EQ(content(*device), "ab");
}

TEST_F(DeviceFileTest, RefusedRawDataDoNotWait) {
    refuse();
    EXPECT_THROW(file.write(0, bytes_of("a")), DeviceBroken);
    EXPECT_TRUE(file.settled());
    EXPECT_EQ(file.size(), 0u);
}

}  // namespace
}  // namespace hyperslab::hdf5
