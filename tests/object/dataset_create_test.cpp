#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

std::vector<FilterId> ids(const std::vector<Filter>& filters) {
    std::vector<FilterId> found;
    for (const Filter& filter : filters) {
        found.push_back(filter.id);
    }
    return found;
}

TEST(CreateDataset, ByTypeAndShape) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<float>("a/b/x", {10, 20});
    EXPECT_EQ(dataset.name(), "/a/b/x");
    EXPECT_EQ(dataset.shape(), (Shape{10, 20}));
    EXPECT_EQ(dataset.max_shape(), (Shape{10, 20}));
    EXPECT_EQ(dataset.rank(), 2u);
    EXPECT_EQ(dataset.size(), 200u);
    EXPECT_EQ(dataset.bytes(), 800u);
    EXPECT_EQ(dataset.storage_bytes(), 0u) << "nothing was written yet";
    EXPECT_EQ(dataset.datatype(), Datatype::floating(4));
    EXPECT_EQ(dataset.layout(), Layout::contiguous);
    EXPECT_TRUE(dataset.chunks().empty());
    EXPECT_TRUE(dataset.filters().empty());
    EXPECT_FALSE(dataset.is_virtual());
    const Dataset big = file.create_dataset("big", Datatype::integer(2, true, ByteOrder::big), {1});
    EXPECT_EQ(big.datatype().order(), ByteOrder::big);
}

TEST(CreateDataset, FromValues) {
    const File file = File::in_memory();
    EXPECT_EQ(file.create_dataset("vector", std::vector<short>{1, 2}).shape(), (Shape{2}));
    EXPECT_EQ(file.create_dataset("array", Array<int>({2, 3}, 1)).shape(), (Shape{2, 3}));
    EXPECT_EQ(file.create_dataset("scalar", 1.5).shape(), Shape{});
    EXPECT_EQ(file.create_dataset("text", "abc").get<std::string>(), "abc");
    EXPECT_EQ(file.create_dataset("empty", std::vector<int>{}).shape(), (Shape{0}));
    const std::vector<double> values(6, 2.0);
    const Dataset view = file.create_dataset("view", StridedView(values.data(), {2, 3}));
    EXPECT_EQ(view.shape(), (Shape{2, 3}));
    EXPECT_EQ(view.get<double>({at(1), at(2)}), 2.0);
}

TEST(CreateDataset, ChunksAndFiltersAreKept) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<float>(
        "x",
        {1000, 4600},
        {.chunks = {64, 4600}, .filters = {shuffle(), deflate(7), fletcher32()}});
    EXPECT_EQ(dataset.layout(), Layout::chunked);
    EXPECT_EQ(dataset.chunks(), (Shape{64, 4600}));
    EXPECT_EQ(ids(dataset.filters()),
              (std::vector{filter_id::kShuffle, filter_id::kDeflate, filter_id::kFletcher32}));
    EXPECT_EQ(dataset.filters()[1].options, (std::vector<unsigned>{7}));
}

TEST(CreateDataset, ChunksAreChosenWhenTheyAreNeeded) {
    const File file = File::in_memory();
    const Shape shape{1000, 1000};
    const Shape guessed = guess_chunk_shape(shape, 8);
    EXPECT_EQ(file.create_dataset<double>("a", shape, {.guess_chunks = true}).chunks(), guessed);
    EXPECT_EQ(file.create_dataset<double>("b", shape, {.filters = {lzf()}}).chunks(), guessed);
    EXPECT_FALSE(
        file.create_dataset<double>("c", {0}, {.max_shape = Shape{kUnlimited}}).chunks().empty());
}

TEST(CreateDataset, EveryFilterKeepsValues) {
    const File file = File::in_memory();
    std::vector<int> values(1000);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<int>(i * i % 97);
    }
    const std::vector<std::pair<std::string, std::vector<Filter>>> pipelines{
        {"deflate", {deflate()}},
        {"shuffle", {shuffle()}},
        {"fletcher32", {fletcher32()}},
        {"lzf", {shuffle(), lzf()}},
        {"szip", {szip_nearest_neighbour()}},
        {"szip_entropy", {szip_entropy(16)}},
        {"scaleoffset", {scaleoffset_integer()}},
        {"all", {scaleoffset_integer(), shuffle(), deflate(9), fletcher32()}}};
    for (const auto& [name, filters] : pipelines) {
        const Dataset dataset =
            file.create_dataset(name, values, {.chunks = {100}, .filters = filters});
        EXPECT_EQ(dataset.read<int>().to_vector(), values) << name;
        EXPECT_EQ(dataset.filters().size(), filters.size());
        EXPECT_EQ(file.dataset(name).filters().front().id, filters.front().id);
    }
    const Dataset rounded =
        file.create_dataset("decimal",
                            std::vector<double>{1.234, 5.678},
                            {.chunks = {2}, .filters = {scaleoffset_decimal(2)}});
    EXPECT_NEAR(rounded.get<double>(at(1)), 5.678, 0.01);
    EXPECT_LT(file.dataset("deflate").storage_bytes(), 4000u);
}

TEST(CreateDataset, UnknownFiltersAreErrors) {
    const File file = File::in_memory();
    expect_error(ErrorCode::invalid_argument, "32766", [&] {
        file.create_dataset("x", std::vector<int>(10), {.filters = {custom_filter(32766)}});
    });
}

TEST(CreateDataset, FillValuesAreReadWhereNothingWasWritten) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<float>("x", {3}, {.fill_value = fill_value(-1.5)});
    EXPECT_EQ(dataset.read<float>().to_vector(), (std::vector<float>{-1.5, -1.5, -1.5}));
    ASSERT_TRUE(dataset.fill_value());
    EXPECT_EQ(dataset.fill_value()->type, Datatype::floating(4)) << "in the dataset's type";
    EXPECT_EQ(file.create_dataset<int>("y", {1}).fill_value()->bytes, std::vector<std::byte>(4));
    const Dataset text = file.create_dataset(
        "t", Datatype::fixed_string(5), {2}, {.fill_value = fill_value("none")});
    EXPECT_EQ(text.get<std::string>(at(1)), "none");
}

TEST(CreateDataset, CompactAndEarlyAllocation) {
    const File file = File::in_memory();
    EXPECT_EQ(file.create_dataset("c", std::vector<int>{1, 2}, {.compact = true}).layout(),
              Layout::compact);
    const Dataset early =
        file.create_dataset<int>("e", {100}, {.allocation_time = AllocationTime::early});
    EXPECT_EQ(early.storage_bytes(), 400u);
}

TEST(CreateDataset, ElementsMayLieInOtherFiles) {
    const ScratchPath raw("external.raw");
    const ScratchPath path("external.h5");
    const File file(path, Mode::create);
    const Dataset dataset =
        file.create_dataset("x", std::vector<int>{1, 2, 3}, {.external = {{raw, 4, kUnlimited}}});
    ASSERT_EQ(dataset.external().size(), 1u);
    EXPECT_EQ(dataset.external()[0].offset, 4);
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{1, 2, 3}));
    file.close();
    EXPECT_EQ(std::filesystem::file_size(raw.string()), 16u);
}

TEST(CreateDataset, TimesAndAttributeOrderOnDemand) {
    const File file = File::in_memory();
    const Dataset dataset =
        file.create_dataset<int>("x", {1}, {.track_times = true, .track_attribute_order = true});
    EXPECT_GT(dataset.info().change_time, 0);
    dataset.attributes()["b"] = 1;
    dataset.attributes()["a"] = 1;
    EXPECT_EQ(dataset.attributes().names(), (std::vector<std::string>{"b", "a"}));
}

TEST(CreateDataset, OptionsThatDoNotGoTogetherAreErrors) {
    const ScratchPath path("options.h5");
    const File file(path, Mode::create);
    expect_error(ErrorCode::type_mismatch, "Scalar datasets", [&] {
        file.create_dataset("x", 1, {.filters = {deflate()}});
    });
    expect_error(ErrorCode::type_mismatch, "Empty datasets", [&] {
        file.create_dataset("x", Empty{Datatype::floating(4)}, {.guess_chunks = true});
    });
    expect_error(ErrorCode::invalid_argument, "file 'options.h5'", [&] {
        file.create_dataset<int>("x", {10}, {.chunks = {2, 2}});
    });
    expect_error(ErrorCode::invalid_argument, "Chunk shape", [&] {
        file.create_dataset<int>("x", {10}, {.chunks = {11}});
    });
    EXPECT_THROW(file.create_dataset<int>("x", {10}, {.chunks = {0}}), Error);
    EXPECT_THROW(file.create_dataset<int>("x", {10}, {.max_shape = Shape{5}}), Error);
    EXPECT_THROW(file.create_dataset<int>("x", Shape(33, 1)), Error);
    EXPECT_FALSE(file.contains("x"));
}

TEST(CreateDataset, WithACommittedType) {
    const File file = File::in_memory();
    const CommittedDatatype type = file.commit("types/t", Datatype::integer(2, true));
    EXPECT_EQ(type.datatype(), Datatype::integer(2, true));
    EXPECT_EQ(file.datatype("types/t"), type);
    const Dataset dataset = file.create_dataset("x", type, {3});
    EXPECT_EQ(dataset.datatype(), Datatype::integer(2, true));
    EXPECT_EQ(type.info().reference_count, 2u) << "the dataset refers to it";
    expect_error(ErrorCode::already_exists, "types/t", [&] {
        file.commit("types/t", Datatype::floating(4));
    });
}

TEST(RequireDataset, TakesWhatFitsOrMakesIt) {
    const File file = File::in_memory();
    const Dataset made = file.require_dataset<double>("x", {3});
    EXPECT_EQ(file.require_dataset<double>("x", {3}), made);
    EXPECT_EQ(file.require_dataset<float>("x", {3}), made) << "a double holds every float";
    EXPECT_EQ(file.require_dataset<int>("x", {3}), made);
    expect_error(ErrorCode::type_mismatch, "Shapes do not match", [&] {
        file.require_dataset<double>("x", {4});
    });
    expect_error(ErrorCode::type_mismatch, "do not exactly match", [&] {
        file.require_dataset<float>("x", {3}, {}, true);
    });
    file.create_dataset<float>("f", {3});
    expect_error(
        ErrorCode::type_mismatch, "safely cast", [&] { file.require_dataset<double>("f", {3}); });
    file.create_group("g");
    expect_error(
        ErrorCode::type_mismatch, "not a dataset", [&] { file.require_dataset<double>("g", {3}); });
}

TEST(RequireDataset, AResizableOneIsToldByItsLimits) {
    const File file = File::in_memory();
    const DatasetOptions options{.max_shape = Shape{kUnlimited}};
    const Dataset made = file.require_dataset<int>("x", {3}, options);
    made.resize({5});
    EXPECT_EQ(file.require_dataset<int>("x", {3}, options), made);
    expect_error(ErrorCode::type_mismatch, "Max shapes", [&] {
        file.require_dataset<int>("x", {3}, {.max_shape = Shape{10}});
    });
}

TEST(CreateDatasetLike, TakesEverythingButTheContents) {
    const File file = File::in_memory();
    const Dataset other = file.create_dataset("x",
                                              std::vector<int>(100, 3),
                                              {.chunks = {10},
                                               .max_shape = Shape{kUnlimited},
                                               .filters = {shuffle(), lzf()},
                                               .fill_value = fill_value(7)});
    const Dataset like = file.create_dataset_like("y", other);
    EXPECT_EQ(like.shape(), other.shape());
    EXPECT_EQ(like.max_shape(), other.max_shape());
    EXPECT_EQ(like.chunks(), other.chunks());
    EXPECT_EQ(ids(like.filters()), ids(other.filters()));
    EXPECT_EQ(like.get<int>(at(0)), 7);
    const Dataset null = file.create_dataset("n", Empty{Datatype::floating(4)});
    EXPECT_TRUE(file.create_dataset_like("m", null).is_null());
    EXPECT_TRUE(file.create_dataset_like("s2", file.create_dataset("s", 1)).is_scalar());
}

TEST(Resize, StaysWithinTheLimits) {
    const ScratchPath path("resize.h5");
    const File file(path, Mode::create);
    const Dataset dataset =
        file.create_dataset<int>("x", {2, 3}, {.max_shape = Shape{4, kUnlimited}});
    dataset.resize({4, 100});
    dataset.resize(1, 5);
    EXPECT_EQ(dataset.shape(), (Shape{4, 5}));
    expect_error(ErrorCode::invalid_argument, "resize.h5", [&] { dataset.resize({5, 1}); });
    expect_error(ErrorCode::invalid_argument, "axis 2", [&] { dataset.resize(2, 1); });
    EXPECT_THROW(dataset.resize({1}), Error);
    expect_error(ErrorCode::type_mismatch, "chunked", [&] {
        file.create_dataset<int>("y", {2}).resize({3});
    });
}

}  // namespace
}  // namespace hyperslab
