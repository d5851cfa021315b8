// The filters that libhdf5 has as plug-ins.
#include <gtest/gtest.h>

#include <initializer_list>
#include <span>
#include <string>

#include "filter/format/bitshuffle.hpp"
#include "filter/pipeline.hpp"
#include "filter/plugin_chunks.hpp"

namespace hyperslab::filter {
namespace {

using test::ByteVector;
using test::decoded;
using test::failure;

constexpr std::size_t kChunk = 1200;

struct Case {
    const char* name;
    Stage stage;
    std::span<const std::uint8_t> stored;

    ByteVector bytes() const {
        const auto view = std::as_bytes(stored);
        return {view.begin(), view.end()};
    }
};

const std::vector<Case>& cases() {
    static const Stage blosc{.id = 32001, .parameters = {2, 2, 4, kChunk, 9, 0, 0}};
    static const std::vector<Case> all{
        {"zstd", {.id = 32015, .parameters = {3}}, kZstdChunk},
        {"lz4", {.id = 32004, .parameters = {1000}}, kLz4Chunk},
        {"bitshuffle", {.id = 32008, .parameters = {0, 4, 4, 128, 2}}, kBitshuffleLz4Chunk},
        {"bitshuffle", {.id = 32008, .parameters = {0, 4, 4, 128, 3, 3}}, kBitshuffleZstdChunk},
        {"blosc", blosc, kBloscBlosclzChunk},
        {"blosc", blosc, kBloscBlosclzShuffledChunk},
        {"blosc", blosc, kBloscLz4BitShuffledChunk},
        {"blosc", blosc, kBloscSnappyChunk},
        {"blosc", blosc, kBloscZlibShuffledChunk},
        {"blosc", blosc, kBloscZstdBitShuffledChunk},
    };
    return all;
}

TEST(Plugins, ChunksThatTheyWroteAreDecoded) {
    for (const Case& one : cases()) {
        const Pipeline pipeline({one.stage}, 4, kChunk);
        ASSERT_EQ(pipeline.refusal(), "");
        EXPECT_EQ(decoded(pipeline, one.bytes(), kChunk), plugin_chunk_elements()) << one.name;
    }
}

TEST(Plugins, ChunksOfTheWrongSizeAreErrors) {
    for (const Case& one : cases()) {
        EXPECT_EQ(failure(Pipeline({one.stage}, 4, kChunk + 4), one.bytes(), kChunk + 4),
                  "the chunk holds 1200 bytes where 1204 are expected");
        EXPECT_EQ(failure(Pipeline({one.stage}, 4, kChunk - 4), one.bytes(), kChunk - 4),
                  std::string("filter ") + one.name +
                      ": the data hold more than the 1196 bytes that they may");
    }
}

TEST(Plugins, ChunksCutOffAnywhereAreErrors) {
    for (const Case& one : cases()) {
        const Pipeline pipeline({one.stage}, 4, kChunk);
        const ByteVector whole = one.bytes();
        for (std::size_t size = 0; size < whole.size(); ++size) {
            ByteVector cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            cut.shrink_to_fit();
            EXPECT_NE(failure(pipeline, cut, kChunk), "") << one.name << " after " << size;
        }
    }
}

TEST(Plugins, DamagedChunksAreErrorsOrOtherBytesAndNothingWorse) {
    for (const Case& one : cases()) {
        const Pipeline pipeline({one.stage}, 4, kChunk);
        EXPECT_GT(test::count_failures_when_damaged(pipeline, one.bytes(), kChunk, 2000), 500)
            << one.name;
    }
}

// As the filter does it: bit k of byte j of element i goes to row 8 j + k, bit i.
ByteVector bit_shuffled(const ByteVector& elements, std::size_t size) {
    const std::size_t count = elements.size() / size;
    ByteVector rows(elements.size());
    for (std::size_t bit = 0; bit < size * 8; ++bit) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto value = (elements[i * size + bit / 8] >> (bit % 8)) & std::byte{1};
            rows[bit * count / 8 + i / 8] |= value << (i % 8);
        }
    }
    return rows;
}

TEST(BitUnshuffle, IsUndoneForEverySizeOfElement) {
    std::mt19937 random(1);
    for (const std::size_t size : {1, 2, 3, 4, 8, 12, 16, 17}) {
        for (const std::size_t count : {0, 8, 16, 120, 128, 136, 256, 1000, 1024, 1032}) {
            const ByteVector elements = test::random_bytes(random, count * size);
            ByteVector output(elements.size());
            ByteVector planes(elements.size());
            for (const core::InstructionSet set : core::instruction_sets()) {
                std::ranges::fill(output, std::byte{0});
                bit_unshuffle(bit_shuffled(elements, size), size, output, planes, set);
                EXPECT_EQ(output, elements) << count << " elements of " << size;
            }
        }
    }
}

TEST(Bitshuffle, WithoutCompressionWorksInBlocksAndKeepsTheLastElements) {
    std::mt19937 random(2);
    const ByteVector elements = test::random_bytes(random, std::size_t{2} * (64 + 64 + 16 + 5));
    ByteVector stored;
    for (const auto& [from, count] : {std::pair{0, 64}, {64, 64}, {128, 16}}) {
        const ByteVector block(elements.begin() + 2 * from, elements.begin() + 2 * (from + count));
        const ByteVector rows = bit_shuffled(block, 2);
        stored.insert(stored.end(), rows.begin(), rows.end());
    }
    stored.insert(stored.end(), elements.end() - 10, elements.end());
    const Pipeline pipeline({{.id = 32008, .parameters = {0, 4, 2, 64, 0}}}, 2, elements.size());
    EXPECT_EQ(decoded(pipeline, stored, elements.size()), elements);
}

TEST(Bitshuffle, IsRefusedWithParametersThatMeanNothing) {
    EXPECT_NE(Pipeline({{.id = 32008, .parameters = {0, 4}}}, 4, 400).refusal(), "");
    EXPECT_NE(Pipeline({{.id = 32008, .parameters = {0, 4, 0, 0, 0}}}, 4, 400).refusal(), "");
    EXPECT_NE(Pipeline({{.id = 32008, .parameters = {0, 4, 4, 0, 9}}}, 4, 400).refusal(), "");
}

ByteVector bytes_of(std::initializer_list<unsigned> values) {
    ByteVector bytes;
    for (const unsigned value : values) {
        bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
}

TEST(Lz4, HeadersThatLieAreErrors) {
    const Pipeline pipeline({{.id = 32004}}, 1, 8);
    EXPECT_EQ(failure(pipeline, bytes_of({255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 8}), 8),
              "filter lz4: the data hold more than the 8 bytes that they may");
    EXPECT_EQ(failure(pipeline, bytes_of({0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0}), 8),
              "filter lz4: its blocks are empty");
    EXPECT_EQ(failure(pipeline, bytes_of({0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8, 255, 0, 0, 0, 1}), 8),
              "filter lz4: the chunk is cut off");
}

TEST(Blosc, HeadersThatLieAreErrors) {
    const Pipeline pipeline({{.id = 32001}}, 1, 8);
    const auto header = [](unsigned format, unsigned element, unsigned size, unsigned block) {
        return bytes_of(
            {format, 1, 0, element, size, 0, 0, 0, block, 0, 0, 0, 20, 0, 0, 0, 16, 0, 0, 0});
    };
    EXPECT_EQ(failure(pipeline, header(3, 1, 8, 8), 8),
              "filter blosc: its format is not version 2");
    for (const ByteVector& lie : {header(2, 0, 8, 8), header(2, 1, 8, 0), header(2, 1, 8, 9)}) {
        EXPECT_EQ(failure(pipeline, lie, 8),
                  "filter blosc: the sizes in its header do not fit together");
    }
    EXPECT_EQ(failure(pipeline, header(2, 1, 200, 8), 8),
              "filter blosc: the data hold more than the 8 bytes that they may");
    EXPECT_EQ(failure(pipeline, header(2, 1, 8, 8), 8), "filter blosc: the chunk is cut off");
}

}  // namespace
}  // namespace hyperslab::filter
