#include "engine/store/chunk_cache.hpp"

#include <gtest/gtest.h>

namespace hyperslab::engine {
namespace {

constexpr std::size_t kChunk = 100;

ChunkBytes bytes() { return std::make_shared<std::byte[]>(kChunk); }

TEST(ChunkCache, HoldsAsMuchAsItMay) {
    ChunkCache cache(2 * kChunk, kChunk);
    cache.insert(1, 0, bytes());
    cache.insert(2, 0, bytes());
    EXPECT_NE(cache.find(1, 0), nullptr);
    cache.insert(3, 0, bytes());
    EXPECT_NE(cache.find(1, 0), nullptr) << "the other one was not used for longer";
    EXPECT_EQ(cache.find(2, 0), nullptr);
    EXPECT_TRUE(cache.contains(3, 0));
    EXPECT_EQ(cache.find(1, 1), nullptr) << "what was kept may not be true any more";
    EXPECT_EQ(cache.find(1, 0), nullptr);
}

TEST(ChunkCache, HoldsOneChunkThatIsTooLarge) {
    ChunkCache cache(kChunk - 1, kChunk);
    EXPECT_TRUE(cache.enabled());
    EXPECT_FALSE(cache.has_room_for(1)) << "that is more than it may take";
    cache.insert(1, 0, bytes());
    EXPECT_NE(cache.find(1, 0), nullptr);
    ChunkCache none(0, kChunk);
    EXPECT_FALSE(none.enabled());
    EXPECT_FALSE(none.has_room_for(1));
    none.insert(1, 0, bytes());
    EXPECT_EQ(none.find(1, 0), nullptr);
}

TEST(ChunkCache, HasFreeRoomUntilAnotherChunkMustMakeRoom) {
    ChunkCache cache(2 * kChunk, kChunk);
    EXPECT_TRUE(cache.has_free_room(0));
    cache.insert(1, 0, bytes());
    EXPECT_TRUE(cache.has_free_room(0));
    cache.insert(2, 0, bytes());
    EXPECT_FALSE(cache.has_free_room(0));
    EXPECT_TRUE(cache.has_free_room(1)) << "then nothing of what is kept is true any more";
    EXPECT_FALSE(ChunkCache(kChunk - 1, kChunk).has_free_room(0)) << "the chunk is too large";
    EXPECT_FALSE(ChunkCache(0, kChunk).has_free_room(0));
}

TEST(ChunkCache, ChunksAreWorthKeepingWhenMuchOfThemWasRead) {
    ChunkCache cache(10 * kChunk, kChunk);
    cache.note(1, 0, kChunk / 4);
    EXPECT_FALSE(cache.is_worth_keeping(1, 0));
    cache.note(2, 0, kChunk);
    cache.note(1, 0, kChunk / 4);
    EXPECT_TRUE(cache.is_worth_keeping(1, 0));
    EXPECT_TRUE(cache.is_worth_keeping(2, 0));
    EXPECT_FALSE(cache.is_worth_keeping(3, 0));
    EXPECT_FALSE(cache.is_worth_keeping(1, 1));
    cache.note(3, 1, kChunk);
    EXPECT_FALSE(cache.is_worth_keeping(1, 1));
}

}  // namespace
}  // namespace hyperslab::engine
