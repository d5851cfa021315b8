// What is encoded is decoded to the same bytes, and chunks that cannot be made smaller are skipped
// as libhdf5 does it.
#include "filter/encode/encode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "filter/format/bitshuffle.hpp"
#include "filter/format/lzf.hpp"
#include "filter/format/shuffle.hpp"
#include "filter/pipeline.hpp"

namespace hyperslab::filter {
namespace {

using test::ByteVector;
using test::random_bytes;

constexpr unsigned kOptional = kOptionalFlag;

std::mt19937& random_numbers() {
    static std::mt19937 random(20261129);
    return random;
}

struct Case {
    std::string name;
    std::vector<Stage> stages;
};

std::vector<Case> cases(unsigned element_size) {
    const Stage shuffled{.id = 2, .flags = kOptional, .parameters = {element_size}};
    const Stage checksum{.id = 3};
    std::vector<Case> all{
        {"nothing", {}},
        {"shuffle", {shuffled}},
        {"fletcher32", {checksum}},
        {"lzf", {{.id = 32000, .flags = kOptional, .parameters = {4, 261, 0}}}},
        {"lz4", {{.id = 32004, .flags = kOptional, .parameters = {}}}},
        {"lz4 in blocks", {{.id = 32004, .flags = kOptional, .parameters = {1000}}}},
        {"bitshuffle",
         {{.id = 32008, .flags = kOptional, .parameters = {0, 4, element_size, 0, 0}}}},
    };
    for (unsigned level = 0; level <= 9; ++level) {
        const Stage deflated{.id = 1, .flags = kOptional, .parameters = {level}};
        all.push_back({"deflate " + std::to_string(level), {deflated}});
        all.push_back({"shuffle, deflate, fletcher32", {shuffled, deflated, checksum}});
    }
    for (const int level : {-5, 1, 3, 22}) {
        all.push_back({"zstd " + std::to_string(level),
                       {{.id = 32015, .parameters = {static_cast<unsigned>(level)}}}});
    }
    for (const unsigned compression : {2U, 3U}) {
        for (const unsigned block : {0U, 64U}) {
            all.push_back(
                {"bitshuffle " + std::to_string(compression),
                 {{.id = 32008, .parameters = {0, 4, element_size, block, compression, 3}}}});
        }
    }
    for (const unsigned codec : {1U, 2U, 4U, 5U}) {
        for (unsigned how = 0; how < 3; ++how) {
            all.push_back({"blosc " + std::to_string(codec),
                           {{.id = 32001,
                             .flags = kOptional,
                             .parameters = {2, 2, element_size, 0, 5, how, codec}}}});
        }
    }
    const unsigned bits = element_size * 8;
    if (bits <= 16 || bits == 32 || bits == 64) {
        all.push_back({"szip", {{.id = 4, .flags = kOptional, .parameters = {141, 8, bits, 64}}}});
    }
    return all;
}

class Encode : public ::testing::TestWithParam<unsigned> {};

TEST_P(Encode, WhatIsEncodedIsDecodedToTheSame) {
    const unsigned element_size = GetParam();
    EncodeScratch scratch;  // used for all, as a thread does
    for (const Case& one : cases(element_size)) {
        for (const std::size_t count : {1, 7, 8, 130, 1000, 5003}) {
            const std::size_t bytes = count * element_size;
            const EncodePipeline pipeline(one.stages, element_size, bytes);
            ASSERT_EQ(pipeline.refusal(), "") << one.name;
            const Pipeline decoder(one.stages, element_size, bytes);
            for (const int letters : {1, 3, 256}) {
                const ByteVector chunk = random_bytes(random_numbers(), bytes, letters);
                const EncodedChunk encoded = pipeline.encode(chunk, scratch);
                const ByteVector stored(encoded.bytes.begin(), encoded.bytes.end());
                EXPECT_EQ(test::decoded(decoder, stored, bytes, encoded.skipped), chunk)
                    << one.name << ", " << count << " elements of " << element_size << " bytes";
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(ElementSizes, Encode, ::testing::Values(1, 2, 3, 4, 8, 12, 16, 24));

TEST(EncodePipeline, ChunksThatCannotBeMadeSmallerSkipAnOptionalFilter) {
    const Stage lzf{.id = 32000, .flags = kOptional, .parameters = {}};
    const ByteVector chunk = random_bytes(random_numbers(), 4000);
    EncodeScratch scratch;
    const EncodedChunk encoded = EncodePipeline({lzf}, 1, 4000).encode(chunk, scratch);
    EXPECT_EQ(encoded.skipped, 1U);
    EXPECT_EQ(encoded.bytes.data(), chunk.data());
    const Stage mandatory{.id = 32000, .parameters = {}};
    EXPECT_THROW(EncodePipeline({mandatory}, 1, 4000).encode(chunk, scratch), Error);
}

TEST(EncodePipeline, TuningChangesNothingForTheDecoder) {
    const std::size_t bytes = 100'000;
    const std::vector<Stage> stages{
        {.id = 2, .parameters = {4}}, {.id = 1, .parameters = {9}}, {.id = 3}};
    const ByteVector chunk = random_bytes(random_numbers(), bytes, 5);
    EncodePipeline pipeline(stages, 4, bytes);
    pipeline.tune(chunk);
    EncodeScratch scratch;
    const EncodedChunk encoded = pipeline.encode(chunk, scratch);
    const ByteVector stored(encoded.bytes.begin(), encoded.bytes.end());
    EXPECT_EQ(test::decoded(Pipeline(stages, 4, bytes), stored, bytes), chunk);
}

TEST(EncodePipeline, WhatIsNotKnownIsRefused) {
    EXPECT_NE(EncodePipeline({{.id = 5}}, 4, 400).refusal(), "");
    EXPECT_NE(EncodePipeline({{.id = 32017}}, 4, 400).refusal(), "");
    EXPECT_NE(EncodePipeline({{.id = 1, .parameters = {10}}}, 4, 400).refusal(), "");
    const Stage blosclz{.id = 32001, .parameters = {2, 2, 4, 400, 5, 1, 0}};
    EXPECT_NE(EncodePipeline({blosclz}, 4, 400).refusal(), "");
}

TEST(Shuffle, IsUndone) {
    for (std::size_t size = 1; size < 70; ++size) {
        const ByteVector elements = random_bytes(random_numbers(), size * 37 + size / 2);
        ByteVector shuffled(elements.size());
        ByteVector back(elements.size());
        shuffle(elements, size, shuffled);
        unshuffle(shuffled, size, back);
        EXPECT_EQ(back, elements) << size;
    }
}

TEST(BitShuffle, IsUndone) {
    for (std::size_t size = 1; size < 20; ++size) {
        const ByteVector elements = random_bytes(random_numbers(), size * 72);
        ByteVector shuffled(elements.size());
        ByteVector planes(elements.size());
        ByteVector back(elements.size());
        bit_shuffle(elements, size, shuffled, planes);
        bit_unshuffle(shuffled, size, back, planes);
        EXPECT_EQ(back, elements) << size;
    }
}

}  // namespace
}  // namespace hyperslab::filter
