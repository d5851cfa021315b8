#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hyperslab/hyperslab.hpp"
#include "support.hpp"

namespace hyperslab {
namespace {

class Explain : public testing::Test {
protected:
    Dataset compressed(const std::string& name, const Shape& shape, const Shape& chunks) {
        return file_.create_dataset<float>(
            name, shape, {.chunks = chunks, .filters = {shuffle(), deflate(1)}});
    }

    ScratchPath path_{"explain.h5"};
    File file_{path_.string(), Mode::create};
};

TEST_F(Explain, SaysWhatAReadWouldDo) {
    const Dataset dataset = compressed("x", {512, 1024}, {64, 1024});
    dataset.write(1.0F, {slice(0, 256), all});
    const ReadExplanation told = dataset.explain<double>({all, slice(0, 100)});
    EXPECT_EQ(told.engine, "direct");
    EXPECT_EQ(told.layout, "chunked");
    EXPECT_EQ(told.conversion, "direct");
    EXPECT_EQ(told.result_shape, (Shape{512, 100}));
    EXPECT_EQ(told.result_bytes, 512 * 100 * 8U);
    EXPECT_EQ(told.chunks, 8U);
    EXPECT_EQ(told.stored_chunks, 4U);
    EXPECT_EQ(told.missing_chunks, 4U);
    EXPECT_EQ(told.decoded_bytes, 256 * 1024 * 4U);
    ASSERT_FALSE(told.advice.empty());
    EXPECT_EQ(told.advice[0].about, "chunk_shape");
    EXPECT_NE(to_string(told).find("shuffle, deflate"), std::string::npos);
}

TEST_F(Explain, SaysWhatAWriteWouldDo) {
    const Dataset dataset = compressed("x", {512, 1024}, {64, 1024});
    dataset.write(1.0F, {slice(0, 256), all});
    const WriteExplanation told = dataset.explain_write({slice(32, 512), all});
    EXPECT_EQ(told.engine, "direct");
    EXPECT_EQ(told.conversion, "none");
    EXPECT_EQ(told.value_shape, (Shape{480, 1024}));
    EXPECT_EQ(told.chunks, 8U);
    EXPECT_EQ(told.partial_chunks, 1U);
    EXPECT_EQ(told.stored_chunks, 4U);
    EXPECT_EQ(told.rewritten_chunks, 1U);
    EXPECT_EQ(told.encoded_bytes, 512 * 1024 * 4U);
    EXPECT_NE(to_string(told).find("shuffle, deflate"), std::string::npos);
    EXPECT_EQ(dataset.explain_write({}, Datatype::floating(8)).conversion, "direct");
    EXPECT_EQ(dataset.explain_write<double>().memory_type, "float64");
    EXPECT_EQ(dataset.explain_write<float>({slice(3, 5)}).elements, 2 * 1024U);
    EXPECT_EQ(explain_write(dataset).engine, dataset.explain_write().engine);
    EXPECT_EQ(dataset.explain_write({slice(3, 3)}).engine, "none");
    EXPECT_THROW(dataset.explain_write({at(512)}), Error);
    EXPECT_THROW(dataset.explain_write({}, std::vector<std::string>{"member"}), Error);
}

TEST_F(Explain, OfNothing) {
    const Dataset empty = compressed("x", {10, 10}, {5, 5});
    EXPECT_EQ(empty.explain({slice(3, 3)}).engine, "none");
    EXPECT_THROW(empty.explain({at(10)}), Error);
}

TEST_F(Explain, OfWhatLibhdf5Reads) {
    const Dataset texts = file_.create_dataset("texts", std::vector<std::string>(1000, "text"));
    const ReadExplanation told = texts.explain();
    EXPECT_EQ(told.engine, "library");
    EXPECT_FALSE(told.reason.empty());
}

TEST(ThreadLimit, HoldsForItsThreadWhileItLives) {
    const std::size_t everybody = num_threads();
    {
        const ThreadLimit limit(everybody + 2);
        EXPECT_EQ(num_threads(), everybody + 2);
        std::thread([&] { EXPECT_EQ(num_threads(), everybody); }).join();
    }
    EXPECT_EQ(num_threads(), everybody);
}

TEST_F(Explain, ProgressIsToldAndMayStop) {
    const Dataset dataset = compressed("x", {2000, 1000}, {2, 1000});
    dataset.write(1.0F);
    std::uint64_t last = 0;
    std::uint64_t all_bytes = 0;
    {
        const ProgressScope told(
            [&](std::uint64_t done, std::uint64_t total) {
                last = done;
                all_bytes = total;
            },
            std::chrono::seconds(0));
        for (int i = 0; i < 200 && last == 0; ++i) {
            dataset.read<float>();
        }
    }
    EXPECT_EQ(all_bytes, 2000 * 1000 * 4U);
    EXPECT_EQ(last, all_bytes);
    const ProgressScope stopping([](std::uint64_t, std::uint64_t) { throw std::runtime_error(""); },
                                 std::chrono::seconds(0));
    EXPECT_THROW(
        {
            for (int i = 0; i < 200; ++i) {
                dataset.read<float>();
            }
        },
        std::runtime_error);
}

}  // namespace
}  // namespace hyperslab
