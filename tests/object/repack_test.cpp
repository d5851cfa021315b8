// Copying a file into a new one. test_repack.py compares copies of everything with stock h5py.

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "hyperslab/repack.hpp"
#include "object/support.hpp"

namespace hyperslab {
namespace {

namespace fs = std::filesystem;

std::vector<double> numbers(std::size_t count) {
    std::vector<double> values(count);
    std::iota(values.begin(), values.end(), 0);
    return values;
}

void make(const std::string& path) {
    const File file(path, Mode::create);
    file.create_dataset("deleted", numbers(20'000));
    const Dataset x = file.create_dataset<double>(
        "g/x", {1000}, {.chunks = {100}, .filters = {shuffle(), deflate(1)}});
    x.write(numbers(1000));
    x.attributes()["unit"] = "Jy";
    file.create_dataset("y", numbers(12));
    file.create_dataset("scalar", 7);
    file.create_hard_link("again", x);
    file.create_dataset("to", StandardReference(x));
    file.remove("deleted");
}

std::string bytes_of(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Repack, CopiesAFileWithoutLostSpace) {
    const ScratchPath old("repack_old.h5");
    const ScratchPath copy("repack_copy.h5");
    make(old);
    const RepackReport report = repack(old, copy);
    EXPECT_EQ(report.bytes_before, fs::file_size(old.string()));
    EXPECT_EQ(report.bytes_after, fs::file_size(copy.string()));
    EXPECT_LT(report.bytes_after, report.bytes_before / 5);
    EXPECT_EQ(report.objects, 6U);
    EXPECT_EQ(report.datasets, 4U);
    EXPECT_EQ(report.copied_chunks, 10U);
    EXPECT_EQ(report.encoded_chunks, 0U);
    EXPECT_TRUE(report.notes.empty());
    fs::remove(old.string());
    const File file(copy);
    const Dataset x = file.dataset("g/x");
    EXPECT_EQ(x.read<double>().to_vector(), numbers(1000));
    EXPECT_EQ(x.attributes().get<std::string>("unit"), "Jy");
    EXPECT_EQ(file.dataset("again"), x);
    EXPECT_EQ(file.dataset("to").get<StandardReference>().object(), x);
}

TEST(Repack, StoresAsItIsAsked) {
    const ScratchPath old("repack_asked.h5");
    const ScratchPath copy("repack_asked_copy.h5");
    make(old);
    const RepackReport report =
        repack(old,
               copy,
               {.filters = {{deflate(6), fletcher32()}},
                .chunks = {.kind = RepackChunks::Kind::shape, .shape = {50}}});
    ASSERT_EQ(report.notes.size(), 2U);
    EXPECT_EQ(report.notes[0], "'/scalar' stays as it is stored: it has no dimensions");
    const File file(copy);
    for (const char* name : {"g/x", "y"}) {
        const Dataset dataset = file.dataset(name);
        ASSERT_EQ(dataset.filters().size(), 2U) << name;
        EXPECT_EQ(dataset.filters()[0].id, deflate(6).id);
        EXPECT_EQ(dataset.filters()[1].id, fletcher32().id);
    }
    EXPECT_EQ(file.dataset("g/x").chunks(), (Shape{50}));
    EXPECT_EQ(file.dataset("g/x").read<double>().to_vector(), numbers(1000));
    EXPECT_EQ(file.dataset("y").chunks(), (Shape{12}));
}

TEST(Repack, TakesThePlaceOfTheFile) {
    const ScratchPath path("repack_in_place.h5");
    make(path);
    const std::uint64_t before = fs::file_size(path.string());
    {
        const File open(path, Mode::read_write);
        expect_error(
            ErrorCode::invalid_argument, "open for writing", [&] { repack_in_place(path); });
    }
    repack_in_place(path, {.filters = std::vector<Filter>{}, .only = {"g"}});
    EXPECT_LT(fs::file_size(path.string()), before / 5);
    EXPECT_TRUE(File(path).dataset("g/x").filters().empty());
}

TEST(Repack, RefusesWhatItCannotDoAndLeavesNothing) {
    const ScratchPath old("repack_refused.h5");
    const ScratchPath copy("repack_refused_copy.h5");
    make(old);
    const std::string before = bytes_of(old);
    expect_error(ErrorCode::invalid_argument, "one file", [&] { repack(old, old); });
    expect_error(ErrorCode::invalid_argument, "one element along each", [&] {
        repack(old, copy, {.chunks = {.kind = RepackChunks::Kind::shape, .shape = {0}}});
    });
    expect_error(ErrorCode::invalid_argument, "Only datasets with chunks", [&] {
        repack(old,
               copy,
               {.filters = {{deflate(1)}}, .chunks = {.kind = RepackChunks::Kind::contiguous}});
    });
    expect_error(
        ErrorCode::not_found, "nowhere", [&] { repack(old, copy, {.only = {"nowhere"}}); });
    expect_error(ErrorCode::io, "repack_nowhere", [&] { repack("repack_nowhere.h5", copy); });
    EXPECT_FALSE(fs::exists(copy.string()));
    std::ofstream(copy.string()) << "mine";
    EXPECT_THROW(repack(old, copy), Error);
    EXPECT_EQ(bytes_of(copy), "mine");
    EXPECT_EQ(bytes_of(old), before);
    repack(old, copy, {.replace = true});
    EXPECT_EQ(File(copy).dataset("g/x").size(), 1000U);
}

TEST(Repack, EndsWhereItsProgressFunctionThrows) {
    const ScratchPath old("repack_ended.h5");
    const ScratchPath copy("repack_ended_copy.h5");
    make(old);
    std::uint64_t calls = 0;
    {
        const ProgressScope counted([&](std::uint64_t, std::uint64_t) { ++calls; },
                                    std::chrono::duration<double>(0));
        repack(old, copy);
    }
    ASSERT_GT(calls, 1U);
    for (std::uint64_t last = 1; last < calls; ++last) {
        std::uint64_t left = last;
        const ProgressScope ended(
            [&](std::uint64_t, std::uint64_t) {
                if (--left == 0) {
                    throw std::runtime_error("enough");
                }
            },
            std::chrono::duration<double>(0));
        fs::remove(copy.string());
        EXPECT_THROW(repack(old, copy), std::runtime_error) << last;
        EXPECT_FALSE(fs::exists(copy.string()));
    }
}

}  // namespace
}  // namespace hyperslab
