// What chunks hold, in a file beside the file. test_cli_summarize.py compares all types with NumPy.

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "hyperslab/reading.hpp"
#include "hyperslab/summary.hpp"
#include "object/support.hpp"

namespace hyperslab {
namespace {

namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void make(const std::string& path) {
    const File file(path, Mode::create);
    std::vector<std::int32_t> values(10);
    std::iota(values.begin(), values.end(), -5);
    file.create_dataset<std::int32_t>("g/x", {10}, {.chunks = {4}}).write(values);
    file.create_dataset("y", std::vector<double>{0.5, std::numeric_limits<double>::quiet_NaN()});
    file.create_dataset("scalar", 7);
}

TEST(Summary, HasTheRangesOfChunks) {
    const ScratchPath path("summary.h5");
    make(path);
    const SummaryReport report = summarize(path);
    EXPECT_EQ(report.path, path.string() + ".summary.json");
    EXPECT_EQ(report.datasets, 2U);
    EXPECT_EQ(report.columns, 2U);
    EXPECT_EQ(report.chunks, 4U);
    EXPECT_TRUE(report.notes.empty());
    const std::string text = text_of(report.path);
    fs::remove(report.path);
    EXPECT_NE(text.find("\"size\": " + std::to_string(fs::file_size(path.string()))),
              std::string::npos);
    EXPECT_NE(text.find("\"least\": [-5,-1,3], \"most\": [-2,2,4], \"nan\": []"),
              std::string::npos);
    EXPECT_NE(text.find("\"least\": [0.5], \"most\": [0.5], \"nan\": [0]"), std::string::npos);
}

TEST(Summary, StaysWhenANewOneFails) {
    const ScratchPath path("summary_fails.h5");
    make(path);
    const std::string summary = summarize(path, {"/g"}).path;
    const std::string before = text_of(summary);
    expect_error(ErrorCode::not_found, "nothing", [&] { summarize(path, {"nothing"}); });
    EXPECT_EQ(text_of(summary), before);
    fs::remove(summary);
    expect_error(ErrorCode::io, "summary_none.h5", [] { summarize("summary_none.h5"); });
}

}  // namespace
}  // namespace hyperslab
