#include "storage/file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "hyperslab/error.hpp"

namespace hyperslab::storage {
namespace {

class StorageFile : public testing::Test {
protected:
    StorageFile() : descriptor_(::open("bytes", O_RDWR | O_CREAT | O_TRUNC, 0600)) {
        EXPECT_EQ(::write(descriptor_, "0123456789", 10), 10);
    }
    ~StorageFile() override {
        ::close(descriptor_);
        ::unlink("bytes");
    }

    static std::string read(const File& file, std::uint64_t offset, std::size_t count) {
        std::vector<std::byte> bytes(count);
        file.read(offset, bytes);
        return {reinterpret_cast<const char*>(bytes.data()), count};
    }

    int descriptor_;
};

TEST_F(StorageFile, ReadsAtAnyPlace) {
    const auto file = File::reopen(descriptor_, "bytes");
    EXPECT_EQ(read(*file, 0, 10), "0123456789");
    EXPECT_EQ(read(*file, 7, 3), "789");
    EXPECT_EQ(read(*file, 99, 0), "");
}

TEST_F(StorageFile, OutlivesItsNameAndTheDescriptorItCameFrom) {
    const auto file = File::reopen(descriptor_, "bytes");
    ::unlink("bytes");
    ::close(descriptor_);
    descriptor_ = ::open("bytes", O_RDWR | O_CREAT | O_TRUNC, 0600);
    EXPECT_EQ(read(*file, 2, 2), "23");
}

TEST_F(StorageFile, ReadingPastTheEndNamesTheFile) {
    const auto file = File::reopen(descriptor_, "some name");
    for (const auto& [offset, count] : {std::pair{8ULL, 3ULL}, {10ULL, 1ULL}, {~0ULL, 1ULL}}) {
        try {
            read(*file, offset, count);
            FAIL() << "nothing thrown";
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::io);
            EXPECT_NE(std::string(error.what()).find("some name"), std::string::npos);
        }
    }
}

TEST_F(StorageFile, AFileThatCannotBeReopenedIsAnError) {
    EXPECT_THROW(File::reopen(-1, "nothing"), Error);
}

}  // namespace
}  // namespace hyperslab::storage
