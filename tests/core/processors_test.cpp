#include "core/processors.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace hyperslab::core {
namespace {

namespace fs = std::filesystem;

class Processors : public testing::Test {
protected:
    Processors() : root_(fs::temp_directory_path() / ("cgroup-" + std::to_string(getpid()))) {}
    ~Processors() override { fs::remove_all(root_); }

    void write(const fs::path& file, const std::string& text) const {
        fs::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file) << text;
    }

    fs::path root_;
};

TEST_F(Processors, ThereIsOneAtLeast) { EXPECT_GE(processors(), 1U); }

TEST_F(Processors, AQuotaOfVersionTwo) {
    write("cpu.max", "max 100000\n");
    write("batch/job/cpu.max", "150000 100000\n");
    EXPECT_EQ(cpu_quota("0::/batch/job\n", root_), 1.5);
    EXPECT_EQ(cpu_quota("0::/batch\n", root_), std::nullopt);
    EXPECT_EQ(cpu_quota("0::/\n", root_), std::nullopt);
}

TEST_F(Processors, TheSmallestQuotaOfThoseAroundCounts) {
    write("batch/cpu.max", "200000 100000\n");
    write("batch/job/cpu.max", "800000 100000\n");
    EXPECT_EQ(cpu_quota("0::/batch/job\n", root_), 2);
}

TEST_F(Processors, AQuotaOfVersionOne) {
    write("cpu/box/cpu.cfs_quota_us", "50000\n");
    write("cpu/box/cpu.cfs_period_us", "100000\n");
    const std::string membership = "5:memory:/box\n4:cpu,cpuacct:/box\n0::/\n";
    EXPECT_EQ(cpu_quota(membership, root_), 0.5);
    write("cpu/box/cpu.cfs_quota_us", "-1\n");
    EXPECT_EQ(cpu_quota(membership, root_), std::nullopt);
}

TEST_F(Processors, WhatCannotBeReadIsNoQuota) {
    write("cpu.max", "much\n");
    for (const char* const text : {"", "nonsense", "0::/gone", "::\n:"}) {
        EXPECT_EQ(cpu_quota(text, root_), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace hyperslab::core
