#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "filter/lzf_stream.hpp"
#include "object/support.hpp"
#include "selection/oracle.hpp"

namespace hyperslab {
namespace {

Dataset chunked(const Group& group, const Shape& shape, const Shape& chunks) {
    return group.create_dataset<int>("x", shape, {.chunks = chunks, .filters = {deflate(1)}});
}

TEST(ChunkRange, CutsTheExtentAtChunks) {
    const File file = File::in_memory();
    const Dataset dataset = chunked(file, {10, 7}, {4, 4});
    std::vector<Shape> starts;
    std::uint64_t count = 0;
    for (const Selection& part : dataset.chunk_range()) {
        starts.emplace_back(part.start().begin(), part.start().end());
        count += part.element_count();
        EXPECT_EQ(dataset.read<int>(part).rank(), 2u);
    }
    EXPECT_EQ(starts, (std::vector<Shape>{{0, 0}, {0, 4}, {4, 0}, {4, 4}, {8, 0}, {8, 4}}));
    EXPECT_EQ(count, 70u);
}

TEST(ChunkRange, CutsAPartAtChunks) {
    const File file = File::in_memory();
    const Dataset dataset = chunked(file, {10, 7}, {4, 4});
    std::vector<Shape> shapes;
    for (const Selection& part : dataset.chunk_range({slice(3, 5), at(5)})) {
        shapes.push_back(part.memory_shape());
    }
    EXPECT_EQ(shapes, (std::vector<Shape>{{1, 1}, {1, 1}}));
    for (const Selection& part : dataset.chunk_range({slice(3, 3)})) {
        ADD_FAILURE() << part.element_count();
    }
}

TEST(ChunkRange, PartsTileAnyBox) {
    selection::Random random(5);
    const File file = File::in_memory();
    for (int round = 0; round < 200; ++round) {
        const auto below = [&](std::int64_t n) { return random.between(0, n - 1); };
        const Shape shape{static_cast<std::uint64_t>(1 + below(12)),
                          static_cast<std::uint64_t>(1 + below(9))};
        const Shape chunk{static_cast<std::uint64_t>(1 + below(5)),
                          static_cast<std::uint64_t>(1 + below(5))};
        const Selection box =
            resolve({slice(below(12), below(14)), slice(below(9), below(11))}, shape);
        std::set<std::vector<std::uint64_t>> seen;
        for (const Selection& part : ChunkRange(box, chunk)) {
            for (std::uint64_t i = 0; i < part.count()[0]; ++i) {
                for (std::uint64_t j = 0; j < part.count()[1]; ++j) {
                    const Shape at{part.start()[0] + i, part.start()[1] + j};
                    EXPECT_TRUE(seen.insert(at).second);
                    EXPECT_EQ(at[0] / chunk[0], part.start()[0] / chunk[0]) << "one chunk";
                }
            }
        }
        ASSERT_EQ(seen.size(), box.element_count()) << "round " << round;
    }
}

TEST(ChunkRange, RefusesWhatIsNoBox) {
    const File file = File::in_memory();
    const Dataset dataset = chunked(file, {10, 7}, {4, 4});
    expect_error(
        ErrorCode::invalid_argument, "step", [&] { dataset.chunk_range({slice(0, 9, 2)}); });
    expect_error(
        ErrorCode::invalid_argument, "lists", [&] { dataset.chunk_range({indices({1})}); });
    expect_error(ErrorCode::type_mismatch, "'/y'", [&] {
        file.create_dataset<int>("y", {3}).chunk_range();
    });
}

TEST(RawChunks, AreStoredAndReadAsTheyLie) {
    const File file = File::in_memory();
    const Dataset dataset = chunked(file, {4, 4}, {2, 2});
    dataset.write(5, {slice(0, 2), slice(2, 4)});
    const std::vector<StoredChunk> stored = dataset.stored_chunks();
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_EQ(stored[0].offset, (Shape{0, 2}));
    EXPECT_TRUE(stored[0].address);
    const RawChunk raw = dataset.read_raw_chunk({0, 2});
    EXPECT_EQ(raw.bytes.size(), stored[0].bytes);
    EXPECT_EQ(raw.filter_mask, 0u);
    dataset.write_raw_chunk({2, 0}, raw.bytes);

    // Past the pipeline: the mask says that deflate was left out.
    const std::vector<int> plain{1, 2, 3, 4};
    dataset.write_raw_chunk({0, 0}, std::as_bytes(std::span(plain)), 1);
    // libhdf5 keeps a stale mask of the chunk written last until another chunk is read.
    EXPECT_EQ(dataset.get<int>({at(3), at(1)}), 5);
    EXPECT_EQ(dataset.read<int>({slice(0, 2), slice(0, 2)}).to_vector(), plain);
    EXPECT_EQ(dataset.read_raw_chunk({0, 0}).filter_mask, 1u);
}

TEST(RawChunks, OfStockH5pysLzfAreRead) {
    const File file = File::in_memory();
    const Dataset dataset =
        file.create_dataset<std::int32_t>("x", {64}, {.chunks = {64}, .filters = {lzf()}});
    dataset.write_raw_chunk({0}, std::as_bytes(std::span(filter::kLzfStream)));
    EXPECT_EQ(dataset.read<std::int32_t>().to_vector(), filter::lzf_stream_values());
}

TEST(RawChunks, ThatAreNoneAreErrors) {
    const File file = File::in_memory();
    const Dataset dataset = chunked(file, {4, 4}, {2, 2});
    expect_error(ErrorCode::invalid_argument, "has not been stored", [&] {
        dataset.read_raw_chunk({0, 0});
    });
    for (const Shape& offset : {Shape{1, 0}, Shape{4, 0}, Shape{0}}) {
        expect_error(ErrorCode::invalid_argument, "No chunk begins", [&] {
            dataset.read_raw_chunk(offset);
        });
        expect_error(ErrorCode::invalid_argument, "No chunk begins", [&] {
            dataset.write_raw_chunk(offset, {});
        });
    }
    expect_error(ErrorCode::type_mismatch, "chunked", [&] {
        file.create_dataset<int>("y", {3}).stored_chunks();
    });
}

}  // namespace
}  // namespace hyperslab
