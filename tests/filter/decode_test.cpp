#include "filter/decode/decode.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <thread>

#include "filter/format/fletcher32.hpp"
#include "filter/format/lzf.hpp"
#include "filter/pipeline.hpp"

namespace hyperslab::filter {
namespace {

using test::ByteVector;
using test::decoded;
using test::failure;

constexpr std::size_t kChunk = 40000;

ByteVector deflated(const ByteVector& bytes, int level = 4) {
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(level);
    ByteVector stream(libdeflate_zlib_compress_bound(compressor, bytes.size()));
    stream.resize(libdeflate_zlib_compress(
        compressor, bytes.data(), bytes.size(), stream.data(), stream.size()));
    libdeflate_free_compressor(compressor);
    return stream;
}

ByteVector lzf(const ByteVector& bytes) {
    ByteVector stream(bytes.size() * 2 + 16);
    stream.resize(lzf_compress(bytes, stream).value());
    return stream;
}

ByteVector shuffled(const ByteVector& elements, std::size_t size) {
    const std::size_t count = elements.size() / size;
    ByteVector planes = elements;
    for (std::size_t i = 0; i < count * size; ++i) {
        planes[i % size * count + i / size] = elements[i];
    }
    return planes;
}

ByteVector checked(ByteVector bytes) {
    const std::uint32_t sum = fletcher32(bytes);
    for (int i = 0; i < 4; ++i) {
        bytes.push_back(static_cast<std::byte>(sum >> (8 * i)));
    }
    return bytes;
}

const Stage kDeflate{.id = 1, .parameters = {4}};
const Stage kShuffle{.id = 2, .parameters = {8}};
const Stage kFletcher32{.id = 3};
const Stage kLzf{.id = 32000, .parameters = {4, 261, kChunk}};

ByteVector some_elements() {
    std::mt19937 random(1);
    return test::random_bytes(random, kChunk, 5);
}

TEST(Pipeline, WithoutFiltersCopies) {
    const Pipeline pipeline({}, 8, kChunk);
    EXPECT_TRUE(pipeline.empty());
    EXPECT_EQ(decoded(pipeline, some_elements(), kChunk), some_elements());
    EXPECT_EQ(failure(pipeline, ByteVector(kChunk - 1), kChunk),
              "the chunk holds 39999 bytes where 40000 are expected");
}

TEST(Pipeline, UndoesTheStagesBackwards) {
    const ByteVector bytes = some_elements();
    EXPECT_EQ(decoded(Pipeline({kDeflate}, 8, kChunk), deflated(bytes), kChunk), bytes);
    EXPECT_EQ(
        decoded(Pipeline({kShuffle, kDeflate}, 8, kChunk), deflated(shuffled(bytes, 8)), kChunk),
        bytes);
    EXPECT_EQ(decoded(Pipeline({kShuffle, kLzf, kFletcher32}, 8, kChunk),
                      checked(lzf(shuffled(bytes, 8))),
                      kChunk),
              bytes);
    EXPECT_EQ(decoded(Pipeline({kFletcher32, kShuffle, kDeflate}, 8, kChunk),
                      deflated(shuffled(checked(bytes), 8)),
                      kChunk),
              bytes);
    EXPECT_EQ(decoded(Pipeline({kShuffle, kDeflate, kFletcher32, kLzf, kShuffle}, 8, kChunk),
                      shuffled(lzf(checked(deflated(shuffled(bytes, 8)))), 8),
                      kChunk),
              bytes);
}

TEST(Pipeline, LeavesOutWhatTheChunkSkipped) {
    const ByteVector bytes = some_elements();
    const Pipeline pipeline({kShuffle, kDeflate, kFletcher32}, 8, kChunk);
    for (unsigned skipped = 0; skipped < 8; ++skipped) {
        ByteVector stored = bytes;
        stored = (skipped & 1) != 0 ? stored : shuffled(stored, 8);
        stored = (skipped & 2) != 0 ? stored : deflated(stored);
        stored = (skipped & 4) != 0 ? stored : checked(stored);
        EXPECT_EQ(decoded(pipeline, stored, kChunk, skipped), bytes) << skipped;
        EXPECT_EQ(decoded(pipeline, stored, kChunk, skipped | 0xfffffff8U), bytes) << skipped;
    }
}

TEST(Pipeline, RefusesByNameAndStillDecodesChunksThatSkipThatStage) {
    const Pipeline pipeline({kShuffle, {.id = 4711}}, 8, kChunk);
    EXPECT_EQ(pipeline.refusal(), "filter 4711 is not known here");
    const ByteVector bytes = some_elements();
    EXPECT_EQ(decoded(pipeline, shuffled(bytes, 8), kChunk, 2), bytes);
    try {
        decoded(pipeline, bytes, kChunk);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::unsupported);
    }
}

TEST(Pipeline, KeepsItsOutputsSize) {
    const Pipeline pipeline({kDeflate}, 8, kChunk);
    ByteVector output(kChunk - 1);
    Scratch scratch;
    EXPECT_THROW(pipeline.decode(deflated(some_elements()), 0, output, scratch, output.size()),
                 Error);
}

TEST(Pipeline, PutsZerosBehindAChunkThatHoldsWhatIsNeeded) {
    const Pipeline pipeline({kShuffle, kDeflate}, 8, kChunk);
    const ByteVector all = some_elements();
    const ByteVector bytes(all.begin(), all.begin() + 800);
    const ByteVector stored = deflated(shuffled(bytes, 8));
    ByteVector output(kChunk, std::byte{7});
    Scratch scratch;
    pipeline.decode(stored, 0, output, scratch, 800);
    ByteVector expected = bytes;
    expected.resize(kChunk);
    EXPECT_EQ(output, expected);
    EXPECT_THROW(pipeline.decode(stored, 0, output, scratch, 801), Error);
}

TEST(Deflate, OfTheWrongSizeIsAnError) {
    const Pipeline pipeline({kDeflate}, 8, kChunk);
    EXPECT_EQ(failure(pipeline, deflated(ByteVector(kChunk + 1)), kChunk),
              "filter deflate: the data hold more than the 40000 bytes that they may");
    EXPECT_EQ(failure(pipeline, deflated(ByteVector(kChunk - 1)), kChunk),
              "the chunk holds 39999 bytes where 40000 are expected");
    EXPECT_NE(failure(pipeline, deflated(ByteVector(100'000'000), 9), kChunk), "") << "a bomb";
    EXPECT_NE(failure(Pipeline({kShuffle, kDeflate, kDeflate}, 8, kChunk),
                      deflated(ByteVector(100'000'000), 9),
                      kChunk),
              "")
        << "a bomb between two stages";
}

TEST(Deflate, CutOffOrDamagedIsAnError) {
    const Pipeline pipeline({kShuffle, kDeflate}, 8, kChunk);
    const ByteVector stream = deflated(some_elements());
    for (std::size_t size = 0; size < stream.size(); size += 97) {
        EXPECT_EQ(
            failure(pipeline,
                    ByteVector(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size)),
                    kChunk),
            "filter deflate: the stream is damaged or cut off");
    }
    ByteVector wrong_sum = stream;
    wrong_sum.back() ^= std::byte{1};
    EXPECT_NE(failure(pipeline, wrong_sum, kChunk), "");
    EXPECT_GT(test::count_failures_when_damaged(pipeline, stream, kChunk), 450);
}

TEST(Deflate, IgnoresWhatFollowsItsStreamAsZlibDoes) {
    ByteVector stream = deflated(some_elements());
    stream.resize(stream.size() + 100, std::byte{42});
    EXPECT_EQ(decoded(Pipeline({kDeflate}, 8, kChunk), stream, kChunk), some_elements());
}

TEST(Deflate, IsRefusedWithParametersThatLibhdf5Refuses) {
    EXPECT_NE(Pipeline({{.id = 1, .parameters = {10}}}, 8, kChunk).refusal(), "");
    EXPECT_NE(Pipeline({{.id = 1}}, 8, kChunk).refusal(), "");
}

TEST(LzfStage, FailsLikeTheOthers) {
    const Pipeline pipeline({kLzf}, 8, kChunk);
    EXPECT_EQ(failure(pipeline, lzf(ByteVector(kChunk + 1)), kChunk),
              "filter lzf: the data hold more than the 40000 bytes that they may");
    EXPECT_EQ(failure(pipeline, lzf(ByteVector(kChunk - 1)), kChunk),
              "the chunk holds 39999 bytes where 40000 are expected");
    EXPECT_EQ(failure(pipeline, ByteVector(kChunk, std::byte{0xff}), kChunk),
              "filter lzf: the stream is damaged");
    EXPECT_GT(test::count_failures_when_damaged(pipeline, lzf(some_elements()), kChunk), 100);
}

TEST(Pipeline, ServesManyThreadsAtOnce) {
    const ByteVector bytes = some_elements();
    const ByteVector stored = checked(deflated(shuffled(bytes, 8)));
    const Pipeline pipeline({kShuffle, kDeflate, kFletcher32}, 8, kChunk);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                EXPECT_EQ(decoded(pipeline, stored, kChunk), bytes);
            }
        });
    }
}

}  // namespace
}  // namespace hyperslab::filter
