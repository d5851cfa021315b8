#include "engine/heap/heap_collection.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

void put(std::vector<std::byte>& bytes, std::uint64_t value, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
}

void pad(std::vector<std::byte>& bytes) { bytes.resize((bytes.size() + 7) / 8 * 8); }

/// Writes a collection as the format says it.
class Made {
public:
    explicit Made(unsigned length_size = 8) : length_size_(length_size) {
        for (const char c : std::string_view("GCOL\1\0\0\0", 8)) {
            bytes_.push_back(static_cast<std::byte>(c));
        }
        put(bytes_, 0, length_size);
        pad(bytes_);
    }

    Made& object(std::uint16_t index, std::string_view content) {
        header(index, content.size());
        for (const char c : content) {
            bytes_.push_back(static_cast<std::byte>(c));
        }
        pad(bytes_);
        return *this;
    }

    Made& header(std::uint16_t index, std::uint64_t size) {
        put(bytes_, index, 2);
        put(bytes_, 1, 2);
        put(bytes_, 0, 4);
        put(bytes_, size, length_size_);
        pad(bytes_);
        return *this;
    }

    /// Ends with free space, if there is some; a byte more for the NUL.
    std::vector<std::byte> bytes(std::size_t size = HeapCollection::kSmallest) {
        if (bytes_.size() + 16 <= size) {
            header(0, size - bytes_.size());
        }
        bytes_.resize(size);
        for (std::size_t i = 0; i < length_size_; ++i) {
            bytes_[8 + i] = static_cast<std::byte>(size >> (8 * i));
        }
        bytes_.push_back(std::byte{0x55});
        return bytes_;
    }

private:
    unsigned length_size_;
    std::vector<std::byte> bytes_;
};

std::string text(const HeapCollection& collection, std::uint32_t index) {
    const std::span<const std::byte> object = collection.object(index);
    const void* const begin = object.data();
    const std::string found(static_cast<const char*>(begin), object.size());
    EXPECT_STREQ(static_cast<const char*>(begin), found.c_str()) << "a NUL follows";
    return found;
}

void expect_damaged(std::vector<std::byte> bytes) { EXPECT_THROW(HeapCollection(bytes, 8), Error); }

TEST(HeapCollection, FindsItsObjects) {
    for (const unsigned length_size : {4U, 8U}) {
        std::vector<std::byte> bytes = Made(length_size)
                                           .object(1, "one")
                                           .object(2, "")
                                           .object(3, "eight by")
                                           .object(4, "sixteen bytes ..")
                                           .bytes();
        EXPECT_EQ(HeapCollection::size_of(bytes, length_size), HeapCollection::kSmallest);
        const HeapCollection collection(bytes, length_size);
        EXPECT_EQ(text(collection, 1), "one");
        EXPECT_EQ(text(collection, 2), "");
        EXPECT_EQ(text(collection, 3), "eight by");
        EXPECT_EQ(text(collection, 4), "sixteen bytes ..");
        for (const std::uint32_t index : {0U, 5U, 65'536U, 65'537U, 0xffffffffU}) {
            EXPECT_THROW(collection.object(index), Error) << index;
        }
    }
}

TEST(HeapCollection, TakesIndexesInAnyOrder) {
    std::vector<std::byte> bytes =
        Made().object(7, "seven").object(2, "two").object(65'535, "last").object(7, "new").bytes();
    const HeapCollection collection(bytes, 8);
    EXPECT_EQ(text(collection, 2), "two");
    EXPECT_EQ(text(collection, 7), "new") << "libhdf5 knows the last one";
    EXPECT_EQ(text(collection, 65'535), "last");
    EXPECT_THROW(collection.object(1), Error);
    EXPECT_THROW(collection.object(8), Error);
}

TEST(HeapCollection, MayBeFull) {
    const std::string rest(HeapCollection::kSmallest - 2 * 16, 'x');
    std::vector<std::byte> full = Made().object(1, rest).bytes();
    EXPECT_EQ(text(HeapCollection(full, 8), 1), rest);
    // Less is left than the header of free space takes.
    std::vector<std::byte> nearly = Made().object(1, rest.substr(8)).bytes();
    EXPECT_EQ(text(HeapCollection(nearly, 8), 1), rest.substr(8));
}

TEST(HeapCollection, RefusesWhatIsNone) {
    std::vector<std::byte> bytes = Made().object(1, "one").bytes();
    const auto with = [&](std::size_t at, int value) {
        std::vector<std::byte> changed = bytes;
        changed[at] = static_cast<std::byte>(value);
        return changed;
    };
    expect_damaged(with(0, 'g'));
    expect_damaged(with(4, 2));
    expect_damaged(with(9, 0x0f));   // smaller than any
    expect_damaged(with(9, 0x11));   // larger than what there is
    expect_damaged(with(25, 0xff));  // the object is too large
    expect_damaged(with(31, 0xff));
    EXPECT_THROW(HeapCollection::size_of(std::span(bytes).first(100), 8), Error);
}

TEST(HeapCollection, RefusesFreeSpaceThatDoesNotFit) {
    for (const std::uint64_t size : {std::uint64_t{0},
                                     std::uint64_t{8192},
                                     std::uint64_t{1001},
                                     ~std::uint64_t{0},
                                     ~std::uint64_t{0} - 7}) {
        expect_damaged(Made().object(1, "one").header(0, size).bytes());
    }
}

TEST(HeapCollection, TellsWhatLibhdf5WouldReadForEver) {
    std::vector<std::byte> bytes = Made().object(1, "one").header(0, 0).bytes();
    EXPECT_THROW(HeapCollection(bytes, 8), EndlessHeap);
}

TEST(HeapCollection, NamesNothingOutsideItWhateverItHolds) {
    std::mt19937 random(7);
    std::vector<std::byte> good = [] {
        Made made;
        for (std::uint16_t i = 1; i < 60; ++i) {
            made.object(i, std::string(i, 'a'));
        }
        return made.bytes();
    }();
    for (int turn = 0; turn < 3'000; ++turn) {
        std::vector<std::byte> bytes = good;
        for (int k = 0; k < 1 + turn % 3; ++k) {
            bytes[random() % (turn % 2 == 0 ? 64 : bytes.size())] =
                static_cast<std::byte>(random());
        }
        try {
            const HeapCollection collection(bytes, 8);
            for (std::uint32_t index = 0; index < 300; ++index) {
                try {
                    const auto object = collection.object(index);
                    ASSERT_GE(object.data(), bytes.data());
                    ASSERT_LE(object.data() + object.size(), bytes.data() + bytes.size() - 1);
                } catch (const Error&) {
                }
            }
        } catch (const Error&) {
        }
    }
}

}  // namespace
}  // namespace hyperslab::engine
