// Reports of how far writes are, and what ends them.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "hyperslab/hyperslab.hpp"
#include "support.hpp"

namespace hyperslab {
namespace {

class Progress : public testing::Test {
protected:
    struct Reports {
        std::vector<std::uint64_t> done;
        std::uint64_t total = 0;
    };

    /// The reports of one call.
    template <class Work>
    static Reports reports_of(Work&& work) {
        Reports seen;
        const ProgressScope scope(
            [&](std::uint64_t done, std::uint64_t total) {
                seen.done.push_back(done);
                seen.total = total;
            },
            std::chrono::seconds(0));
        work();
        EXPECT_TRUE(std::is_sorted(seen.done.begin(), seen.done.end()));
        return seen;
    }

    static std::vector<double> values(std::size_t count) {
        std::vector<double> made(count);
        std::iota(made.begin(), made.end(), 0.0);
        return made;
    }

    static constexpr std::size_t kCount = 2'000'000;
    static constexpr std::uint64_t kBytes = kCount * sizeof(double);

    ScratchPath path_{"progress.h5"};
    File file_{path_.string(), Mode::create};
    DatasetOptions options_{.chunks = {10'000}, .filters = {shuffle(), deflate(1)}};
};

void expect_one_complete(const std::vector<std::uint64_t>& done,
                         std::uint64_t total,
                         std::uint64_t expected) {
    ASSERT_FALSE(done.empty());
    EXPECT_EQ(total, expected);
    EXPECT_EQ(done.back(), expected);
}

TEST_F(Progress, CoversWritingCreatingAndAppending) {
    const std::vector<double> data = values(kCount);
    const auto check = [&](auto&& work) {
        const Reports seen = reports_of(work);
        expect_one_complete(seen.done, seen.total, kBytes);
    };
    check([&] { file_.create_dataset("filtered", data, options_); });
    check([&] { file_.create_dataset("plain", data); });
    check([&] { file_.dataset("filtered").write(data); });
    options_.max_shape = Shape{kUnlimited};
    const Dataset growing = file_.create_dataset<double>("growing", {0}, options_);
    check([&] { growing.append(data); });
    EXPECT_EQ(growing.shape(), (Shape{kCount}));
    EXPECT_EQ(file_.dataset("plain").read<double>()[kCount - 1], kCount - 1.0);
}

TEST_F(Progress, OfManyDatasetsIsOne) {
    std::map<std::string, std::vector<double>> members;
    for (int i = 0; i < 200; ++i) {
        members["x" + std::to_string(i)] = values(kCount / 200);
    }
    const Reports seen = reports_of([&] { file_.create_many(members, {.filters = {deflate(1)}}); });
    expect_one_complete(seen.done, seen.total, kBytes);
}

TEST_F(Progress, WhatItThrowsEndsTheWrite) {
    const std::vector<double> data = values(kCount);
    const ProgressScope stopping(
        [](std::uint64_t done, std::uint64_t) {
            if (done != 0) {
                throw std::runtime_error("enough");
            }
        },
        std::chrono::seconds(0));
    EXPECT_THROW(file_.create_dataset("x", data, options_), std::runtime_error);
    EXPECT_FALSE(file_.contains("x"));
    options_.max_shape = Shape{kUnlimited};
    const Dataset growing = file_.create_dataset<double>("growing", {0}, options_);
    EXPECT_THROW(growing.append(data), std::runtime_error);
    EXPECT_EQ(growing.shape(), (Shape{0}));
}

TEST_F(Progress, MayReadMeanwhile) {
    const Dataset other = file_.create_dataset("other", values(kCount), options_);
    double found = 0;
    const ProgressScope looking(
        [&](std::uint64_t, std::uint64_t) { found = other.read<double>({slice(5, 6)})[0]; },
        std::chrono::seconds(0));
    file_.create_dataset("x", values(kCount), options_);
    EXPECT_EQ(found, 5.0);
}

}  // namespace
}  // namespace hyperslab
