#include "filter/format/shuffle.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "filter/pipeline.hpp"

namespace hyperslab::filter {
namespace {

using test::ByteVector;

// As HDF5 describes it: byte b of element i goes to b * count + i.
ByteVector shuffled(const ByteVector& elements, std::size_t size) {
    const std::size_t count = elements.size() / size;
    ByteVector planes = elements;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t b = 0; b < size; ++b) {
            planes[b * count + i] = elements[i * size + b];
        }
    }
    return planes;
}

TEST(Shuffle, IsUndoneForEverySizeOfElement) {
    std::mt19937 random(1);
    for (const std::size_t size :
         {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 16, 17, 24, 31, 40, 64, 100, 1000}) {
        for (const std::size_t count : {0, 1, 2, 3, 15, 16, 17, 31, 32, 63, 64, 65, 200, 1000}) {
            for (const std::size_t rest : {std::size_t{0}, size / 2}) {
                const ByteVector elements = test::random_bytes(random, count * size + rest);
                ByteVector output(elements.size());
                for (const core::InstructionSet set : core::instruction_sets()) {
                    std::ranges::fill(output, std::byte{0});
                    unshuffle(shuffled(elements, size), size, output, set);
                    EXPECT_EQ(output, elements)
                        << count << " elements of " << size << " and " << rest;
                }
            }
        }
    }
}

TEST(Shuffle, AloneDecodesAChunk) {
    std::mt19937 random(2);
    const ByteVector elements = test::random_bytes(random, 4000);
    const Pipeline pipeline({{.id = 2, .parameters = {4}}}, 4, elements.size());
    EXPECT_EQ(pipeline.refusal(), "");
    EXPECT_EQ(test::decoded(pipeline, shuffled(elements, 4), 4000), elements);
    EXPECT_EQ(test::decoded(pipeline, elements, 4000, 1), elements) << "skipped";
}

TEST(Shuffle, OfOneElementLeavesItAlone) {
    const ByteVector element{std::byte{1}, std::byte{2}, std::byte{3}};
    const Pipeline pipeline({{.id = 2, .parameters = {2}}}, 2, element.size());
    EXPECT_EQ(test::decoded(pipeline, element, 3), element);
}

TEST(Shuffle, OfAChunkOfAnotherSizeIsAnError) {
    const Pipeline pipeline({{.id = 2, .parameters = {4}}}, 4, 400);
    EXPECT_NE(test::failure(pipeline, ByteVector(404), 400), "");
    EXPECT_NE(test::failure(pipeline, ByteVector(396), 400), "");
    EXPECT_NE(test::failure(pipeline, ByteVector(0), 400), "");
}

TEST(Shuffle, IsRefusedWithAnElementSizeOfNothing) {
    EXPECT_NE(Pipeline({{.id = 2, .parameters = {0}}}, 4, 400).refusal(), "");
}

TEST(Shuffle, WithoutAnElementSizeCanOnlyBeSkipped) {
    const Pipeline pipeline({{.id = 2}}, 16, 400);
    EXPECT_EQ(pipeline.refusal(), "");
    EXPECT_NE(test::failure(pipeline, ByteVector(400), 400), "");
    ByteVector output(400);
    Scratch scratch;
    EXPECT_NO_THROW(pipeline.decode(ByteVector(400), 1, output, scratch, output.size()));
}

}  // namespace
}  // namespace hyperslab::filter
