// Szip, n-bit and scale-offset: what their parameters and headers may say. That they decode what
// libhdf5 wrote is tests/hdf5/decode_test.cpp's business.
#include <gtest/gtest.h>

#include <algorithm>

#include "filter/pipeline.hpp"

namespace hyperslab::filter {
namespace {

using test::ByteVector;
using test::decoded;
using test::failure;

using Parameters = std::vector<unsigned>;

std::string refusal(int id, const Parameters& parameters, std::size_t element_size = 4) {
    return Pipeline({{.id = id, .parameters = parameters}}, element_size, 10 * element_size)
        .refusal();
}

TEST(Szip, IsRefusedWithParametersOutOfRange) {
    EXPECT_EQ(refusal(4, {141, 16, 32, 256}), "");
    for (const Parameters& wrong : {Parameters{},
                                    {141, 16, 32},
                                    {141, 0, 32, 256},
                                    {141, 15, 32, 256},
                                    {141, 64, 32, 256},
                                    {141, 16, 0, 256},
                                    {141, 16, 33, 256},
                                    {141, 16, 32, 8},
                                    {141, 16, 32, 0xffffffff},
                                    {0xffffffff, 16, 32, 256}}) {
        EXPECT_NE(refusal(4, wrong), "");
    }
}

TEST(Szip, SizesThatDoNotFitAreErrors) {
    const Pipeline pipeline({{.id = 4, .parameters = {141, 16, 32, 256}}}, 4, 400);
    EXPECT_NE(failure(pipeline, ByteVector(3), 400), "");
    EXPECT_NE(failure(pipeline, ByteVector(4), 400), "");
    EXPECT_EQ(failure(pipeline, ByteVector(40, std::byte{255}), 400),
              "filter szip: the data hold more than the 400 bytes that they may");
}

// scale type 2 (integer), bits, elements, class 0 (integer), size, sign, order, fill value there
Parameters scaleoffset(const Parameters& first) {
    Parameters parameters(20);
    std::ranges::copy(first, parameters.begin());
    return parameters;
}

TEST(ScaleOffset, IsRefusedWithParametersThatDoNotFitTogether) {
    EXPECT_EQ(refusal(6, scaleoffset({2, 0, 10, 0, 4, 1, 0, 0})), "");
    EXPECT_EQ(refusal(6, scaleoffset({0, 3, 10, 1, 4, 1, 0, 0})), "");
    for (const Parameters& wrong : {Parameters{2, 33, 10, 0, 4, 1, 0, 0},  // too many bits
                                    {2, 0, 10, 0, 3, 1, 0, 0},             // size
                                    {2, 0, 10, 0, 8, 1, 0, 0},             // another element size
                                    {2, 0, 10, 2, 4, 1, 0, 0},             // class
                                    {1, 0, 10, 1, 4, 1, 0, 0},             // scale type
                                    {0, 0, 10, 0, 4, 1, 0, 0},
                                    {2, 0, 10, 0, 4, 1, 2, 0}}) {  // order
        EXPECT_NE(refusal(6, scaleoffset(wrong)), "");
    }
    EXPECT_NE(refusal(6, {2, 0, 10, 0, 4, 1, 0, 0}), "") << "too few";
}

ByteVector scaleoffset_chunk(unsigned bits, unsigned minimum, std::size_t distance_bytes) {
    ByteVector chunk(21 + distance_bytes);
    chunk[0] = static_cast<std::byte>(bits);
    chunk[4] = std::byte{8};
    chunk[5] = static_cast<std::byte>(minimum);
    return chunk;
}

TEST(ScaleOffset, ChunksThatAreTooShortAreErrors) {
    const Pipeline pipeline(
        {{.id = 6, .parameters = scaleoffset({2, 0, 10, 0, 4, 1, 0, 0})}}, 4, 40);
    ByteVector fives;
    for (int i = 0; i < 10; ++i) {
        fives.insert(fives.end(), {std::byte{5}, {}, {}, {}});
    }
    EXPECT_EQ(decoded(pipeline, scaleoffset_chunk(0, 5, 0), 40), fives);
    EXPECT_EQ(decoded(pipeline, scaleoffset_chunk(3, 5, 4), 40), fives);
    EXPECT_EQ(failure(pipeline, scaleoffset_chunk(3, 5, 3), 40),
              "filter scaleoffset: the chunk is cut off");
    EXPECT_EQ(failure(pipeline, scaleoffset_chunk(32, 5, 39), 40),
              "filter scaleoffset: the chunk is cut off");
    EXPECT_EQ(failure(pipeline, scaleoffset_chunk(33, 5, 100), 40),
              "filter scaleoffset: a number has more bits than its type");
    EXPECT_EQ(failure(pipeline, ByteVector(4), 40),
              "filter scaleoffset: the chunk is shorter than its header");
}

TEST(ScaleOffset, OfMoreElementsThanTheChunkHasIsAnError) {
    for (const unsigned count : {11U, 0xffffffffU}) {
        const Pipeline pipeline(
            {{.id = 6, .parameters = scaleoffset({2, 0, count, 0, 4, 1, 0, 0})}}, 4, 40);
        EXPECT_EQ(failure(pipeline, scaleoffset_chunk(0, 5, 100), 40),
                  "filter scaleoffset: the data hold more than the 40 bytes that they may");
    }
}

TEST(Nbit, IsRefusedWithATypeThatCannotBe) {
    // number of parameters, nothing to do, elements, then the type
    EXPECT_EQ(refusal(5, {8, 0, 10, 1, 4, 0, 20, 3}), "");
    EXPECT_EQ(refusal(5, {2, 1}), "") << "chunks stay as they are";
    for (const Parameters& wrong : {Parameters{},
                                    {1},
                                    {7, 0, 10, 1, 4, 0, 20, 3},                  // not as many
                                    {2, 0},                                      // end early
                                    {7, 0, 10, 1, 4, 0, 20},                     // end early
                                    {8, 0, 10, 1, 4, 2, 20, 3},                  // order
                                    {8, 0, 10, 1, 4, 0, 0, 3},                   // no bits
                                    {8, 0, 10, 1, 4, 0, 33, 0},                  // too many bits
                                    {8, 0, 10, 1, 4, 0, 20, 13},                 // too many bits
                                    {8, 0, 10, 1, 4, 0, 20, 0xffffffff},         // too many bits
                                    {8, 0, 10, 1, 8, 0, 20, 3},                  // another size
                                    {8, 0, 10, 7, 4, 0, 20, 3},                  // class
                                    {5, 0, 10, 4, 4},                            // bytes
                                    {7, 0, 10, 2, 4, 4, 0},                      // array of nothing
                                    {12, 0, 10, 3, 4, 1, 4, 1, 4, 0, 20, 3},     // member outside
                                    {12, 0, 10, 3, 4, 1, 2, 1, 4, 0, 20, 3}}) {  // partly
        EXPECT_NE(refusal(5, wrong), "");
    }
}

TEST(Nbit, IsRefusedWithATypeWithoutEnd) {
    Parameters deep{0, 0, 10};
    for (int level = 0; level < 20000; ++level) {
        deep.insert(deep.end(), {2, 4});
    }
    deep.insert(deep.end(), {1, 4, 0, 20, 3});
    deep[0] = static_cast<unsigned>(deep.size());
    EXPECT_EQ(refusal(5, deep), "filter nbit: its type is nested too deeply");
}

TEST(Nbit, ChunksOfTheWrongSizeAreErrors) {
    const Pipeline pipeline({{.id = 5, .parameters = {8, 0, 10, 1, 4, 0, 20, 3}}}, 4, 40);
    EXPECT_EQ(failure(pipeline, ByteVector(25), 40), "");
    EXPECT_EQ(failure(pipeline, ByteVector(24), 40), "filter nbit: the chunk is cut off");
    const Pipeline larger({{.id = 5, .parameters = {8, 0, 11, 1, 4, 0, 20, 3}}}, 4, 40);
    EXPECT_EQ(failure(larger, ByteVector(100), 40),
              "filter nbit: the data hold more than the 40 bytes that they may");
}

TEST(Nbit, NumbersLongerThanAnyWordAreDecodedToo) {
    // 16 bytes, 100 bits of them from bit 10 on: all ones.
    const Pipeline pipeline({{.id = 5, .parameters = {8, 0, 1, 1, 16, 1, 100, 10}}}, 16, 16);
    ByteVector expected(16, std::byte{255});
    expected[0] = expected[1] = std::byte{0};  // bits 112 to 127
    expected[2] = std::byte{0x3f};             // bits 104 to 109
    expected[14] = std::byte{0xfc};            // bits 10 to 15
    expected[15] = std::byte{0};
    EXPECT_EQ(decoded(pipeline, ByteVector(13, std::byte{255}), 16), expected);
}

}  // namespace
}  // namespace hyperslab::filter
