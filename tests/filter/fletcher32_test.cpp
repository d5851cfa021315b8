#include "filter/format/fletcher32.hpp"

#include <gtest/gtest.h>

#include "filter/pipeline.hpp"

namespace hyperslab::filter {
namespace {

using test::ByteVector;

// The sums by their definition: after each big-endian word the first is added to the second, both
// with end-around carry, so that they are 0 only when everything is.
std::uint32_t naive(const ByteVector& bytes) {
    const auto carried = [](std::uint32_t sum) { return (sum & 0xffff) + (sum >> 16); };
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        const auto high = std::to_integer<std::uint32_t>(bytes[i]);
        const auto low = i + 1 < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i + 1]) : 0;
        first = carried(first + (high << 8 | low));
        second = carried(second + first);
    }
    return second << 16 | first;
}

ByteVector with_checksum(ByteVector bytes, std::uint32_t sum) {
    for (int i = 0; i < 4; ++i) {
        bytes.push_back(static_cast<std::byte>(sum >> (8 * i)));
    }
    return bytes;
}

TEST(Fletcher32, IsTheSumByItsDefinition) {
    std::mt19937 random(1);
    for (const std::size_t size : {0,
                                   1,
                                   2,
                                   3,
                                   31,
                                   32,
                                   33,
                                   63,
                                   64,
                                   65,
                                   1000,
                                   11519,
                                   11520,
                                   11521,
                                   11552,
                                   23040,
                                   100000,
                                   100001}) {
        for (const int alphabet : {1, 2, 256}) {
            const ByteVector bytes = test::random_bytes(random, size, alphabet);
            EXPECT_EQ(fletcher32(bytes), naive(bytes)) << size << " bytes of " << alphabet;
        }
        const ByteVector ones(size, std::byte{255});  // the largest sums
        EXPECT_EQ(fletcher32(ones), naive(ones)) << size << " bytes 255";
    }
}

TEST(Fletcher32, TellsZerosFromWhatIsZeroModulo65535) {
    ByteVector bytes(100);
    EXPECT_EQ(fletcher32(bytes), 0U);
    bytes[10] = bytes[11] = std::byte{255};
    EXPECT_EQ(fletcher32(bytes), 0xffffffffU);
    EXPECT_EQ(fletcher32(bytes), naive(bytes));
}

TEST(Fletcher32, IsVerifiedAndTakenOff) {
    std::mt19937 random(2);
    const Pipeline pipeline({{.id = 3}}, 4, 4000);
    const ByteVector bytes = test::random_bytes(random, 4000);
    const ByteVector stored = with_checksum(bytes, naive(bytes));
    EXPECT_EQ(test::decoded(pipeline, stored, 4000), bytes);
    for (const std::size_t at : {0, 1999, 3999, 4000, 4003}) {
        ByteVector damaged = stored;
        damaged[at] ^= std::byte{16};
        EXPECT_EQ(test::failure(pipeline, damaged, 4000),
                  "filter fletcher32: the checksum does not fit the data");
    }
    EXPECT_EQ(test::failure(pipeline, ByteVector(3), 4000),
              "filter fletcher32: the chunk is shorter than its checksum");
}

TEST(Fletcher32, OfOldLittleEndianMachinesIsAcceptedAsLibhdf5Does) {
    std::mt19937 random(3);
    const Pipeline pipeline({{.id = 3}}, 4, 4000);
    const ByteVector bytes = test::random_bytes(random, 4000);
    const std::uint32_t sum = naive(bytes);
    const std::uint32_t swapped = (sum & 0x00ff00ffU) << 8 | (sum & 0xff00ff00U) >> 8;
    EXPECT_EQ(test::decoded(pipeline, with_checksum(bytes, swapped), 4000), bytes);
}

TEST(Fletcher32, BetweenOtherFiltersIsTakenOffThere) {
    std::mt19937 random(4);
    const ByteVector bytes = test::random_bytes(random, 4000);
    const ByteVector once = with_checksum(bytes, naive(bytes));
    const ByteVector twice = with_checksum(once, naive(once));
    const Pipeline pipeline({{.id = 3}, {.id = 3}}, 4, 4000);
    EXPECT_EQ(test::decoded(pipeline, twice, 4000), bytes);
    EXPECT_EQ(test::decoded(pipeline, once, 4000, 1), bytes);
    EXPECT_EQ(test::decoded(pipeline, once, 4000, 2), bytes);
}

}  // namespace
}  // namespace hyperslab::filter
