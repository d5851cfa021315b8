#include "storage/preallocation.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <vector>

#include "storage/file_system.hpp"
#include "storage/file_writer.hpp"

namespace hyperslab::storage {
namespace {

constexpr std::uint64_t kMiB = 1U << 20;

class StoragePreallocation : public testing::Test {
protected:
    StoragePreallocation() : descriptor_(::open("places", O_RDWR | O_CREAT | O_TRUNC, 0600)) {}
    ~StoragePreallocation() override {
        ::close(descriptor_);
        ::unlink("places");
    }

    std::uint64_t size() const { return static_cast<std::uint64_t>(status().st_size); }
    std::uint64_t space() const { return static_cast<std::uint64_t>(status().st_blocks) * 512; }

    int descriptor_;

private:
    struct stat status() const {
        struct stat found{};
        EXPECT_EQ(::fstat(descriptor_, &found), 0);
        return found;
    }
};

TEST_F(StoragePreallocation, TakesSpaceOnExt4AndLeavesTheSizeOfTheFile) {
    Preallocation places(descriptor_);
    places.reserve(2 * kMiB, 3 * kMiB);
    EXPECT_EQ(size(), 0U);
    const bool on_ext4 = file_system_of("places")->type == "ext4";
    EXPECT_EQ(space() >= 3 * kMiB, on_ext4) << space();
}

TEST_F(StoragePreallocation, DoesNothingForFewBytes) {
    Preallocation(descriptor_).reserve(0, 4096);
    EXPECT_EQ(space(), 0U);
}

TEST_F(StoragePreallocation, SaysNothingWhereItCannotBeDone) {
    Preallocation(-1).reserve(0, kMiB);
    Preallocation(descriptor_).reserve(UINT64_MAX - kMiB, 2 * kMiB);
    Preallocation(descriptor_).reserve(0, UINT64_MAX);
    const int unwritable = ::open("places", O_RDONLY);
    Preallocation(unwritable).reserve(0, kMiB);
    ::close(unwritable);
    EXPECT_EQ(size(), 0U);
}

TEST_F(StoragePreallocation, LeavesWhatIsThere) {
    const auto writer = FileWriter::open("places");
    const std::vector<std::byte> bytes(kMiB, std::byte{7});
    writer->write(0, bytes);
    writer->reserve(0, 4 * kMiB);
    std::vector<std::byte> found(kMiB);
    writer->reader()->read(0, found);
    EXPECT_EQ(found, bytes);
    EXPECT_EQ(size(), kMiB);
}

}  // namespace
}  // namespace hyperslab::storage
