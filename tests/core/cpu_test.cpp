#include "core/cpu.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace hyperslab::core {
namespace {

TEST(InstructionSet, IsTheBestUnlessLimited) {
    const auto sets = instruction_sets();
    ASSERT_FALSE(sets.empty());
    EXPECT_EQ(sets.front(), InstructionSet::baseline);
    for (const InstructionSet set : sets) {
        limit_instruction_set(set);
        EXPECT_EQ(instruction_set(), set);
    }
    limit_instruction_set(InstructionSet::avx512);
    EXPECT_EQ(instruction_set(), sets.back()) << "never more than there is";
}

TEST(InstructionSetDeathTest, IsHeldBackByTheEnvironment) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");  // in a process where it was not asked yet
    for (const InstructionSet set : instruction_sets()) {
        ::setenv("HYPERSLAB_SIMD", std::string(name_of(set)).c_str(), 1);
        EXPECT_EXIT(std::exit(instruction_set() == set ? 0 : 1), testing::ExitedWithCode(0), "");
    }
    ::unsetenv("HYPERSLAB_SIMD");
}

}  // namespace
}  // namespace hyperslab::core
