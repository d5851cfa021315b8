#include "core/cpu.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace hyperslab::core
