#include "engine/store/chunk_memory.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <thread>
#include <vector>

namespace hyperslab::engine {
namespace {

TEST(ChunkMemory, IsGivenAgain) {
    constexpr std::size_t kSize = 54'321;
    ChunkBytes first = make_chunk_bytes(kSize);
    const std::byte* const place = first.get();
    const ChunkBytes second = make_chunk_bytes(kSize);
    EXPECT_NE(second.get(), place);
    first.reset();
    EXPECT_NE(make_chunk_bytes(kSize - 1).get(), place);
    EXPECT_EQ(make_chunk_bytes(kSize).get(), place);
}

TEST(ChunkMemory, IsNobodyElses) {
    const auto use = [](int number) {
        for (int round = 0; round < 200; ++round) {
            const std::size_t size = 1'000 + 100 * static_cast<std::size_t>(round % 7);
            std::vector<ChunkBytes> mine;
            for (int i = 0; i < 20; ++i) {
                mine.push_back(make_chunk_bytes(size));
                std::memset(mine.back().get(), number, size);
            }
            for (const ChunkBytes& bytes : mine) {
                ASSERT_EQ(bytes[0], std::byte(number));
                ASSERT_EQ(bytes[size - 1], std::byte(number));
            }
        }
    };
    std::vector<std::thread> threads;
    for (int number = 1; number <= 4; ++number) {
        threads.emplace_back(use, number);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

TEST(ChunkMemory, LargeChunksDoNotWait) {
    constexpr std::size_t kHuge = 64U << 20;
    EXPECT_NE(make_chunk_bytes(kHuge), nullptr);
    EXPECT_NE(make_chunk_bytes(kHuge), nullptr);
}

}  // namespace
}  // namespace hyperslab::engine
