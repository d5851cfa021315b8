#include "engine/store/known_indexes.hpp"

#include <gtest/gtest.h>

namespace hyperslab::engine {
namespace {

hdf5::h5o::Identity dataset(unsigned long number) { return {.file_number = number}; }

LoadedIndex of_chunks(std::size_t count) {
    return {std::make_shared<const std::vector<hdf5::h5d::IndexedChunk>>(count)};
}

TEST(KnownIndexes, FindWhatWasKept) {
    KnownIndexes known;
    EXPECT_EQ(known.find(dataset(1), 0), nullptr);
    const LoadedIndex index = of_chunks(3);
    known.keep(dataset(1), 0, index);
    known.keep(dataset(2), 0, of_chunks(5));
    ASSERT_NE(known.find(dataset(1), 0), nullptr);
    EXPECT_EQ(known.find(dataset(1), 0)->chunks, index.chunks);
    EXPECT_EQ(known.find(dataset(2), 0)->chunks->size(), 5);
}

TEST(KnownIndexes, FindNothingOfAnotherGeneration) {
    KnownIndexes known;
    known.keep(dataset(1), 7, of_chunks(3));
    EXPECT_EQ(known.find(dataset(1), 8), nullptr);
    known.keep(dataset(1), 8, of_chunks(4));
    ASSERT_NE(known.find(dataset(1), 8), nullptr);
    EXPECT_EQ(known.find(dataset(1), 8)->chunks->size(), 4);
}

TEST(KnownIndexes, ForgetWhatWasNotUsedForLong) {
    KnownIndexes known;
    for (unsigned long i = 0; i < 64; ++i) {
        known.keep(dataset(i), 0, of_chunks(1));
    }
    EXPECT_NE(known.find(dataset(0), 0), nullptr);
    known.keep(dataset(64), 0, of_chunks(1));
    EXPECT_NE(known.find(dataset(0), 0), nullptr);
    EXPECT_EQ(known.find(dataset(1), 0), nullptr);
}

TEST(KnownIndexes, HoldNoMoreThanSoManyChunks) {
    constexpr std::size_t kMax = 1U << 20;
    KnownIndexes known;
    known.keep(dataset(1), 0, of_chunks(kMax / 2));
    known.keep(dataset(2), 0, of_chunks(kMax / 2));
    known.keep(dataset(3), 0, of_chunks(kMax + 1));
    EXPECT_EQ(known.find(dataset(3), 0), nullptr);
    EXPECT_NE(known.find(dataset(1), 0), nullptr);
    known.keep(dataset(4), 0, of_chunks(kMax));
    EXPECT_NE(known.find(dataset(4), 0), nullptr);
    EXPECT_EQ(known.find(dataset(1), 0), nullptr);
}

}  // namespace
}  // namespace hyperslab::engine
