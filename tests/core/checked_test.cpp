#include "core/checked.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "hyperslab/error.hpp"

namespace hyperslab::core {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

ErrorCode code_of(auto&& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

TEST(Checked, ResultsThatFitAreThose) {
    EXPECT_EQ(checked_multiply(1ULL << 31, 1ULL << 32), 1ULL << 63);
    EXPECT_EQ(checked_multiply(kMax, 1), kMax);
    EXPECT_EQ(checked_multiply(kMax, 0), 0u);
    EXPECT_EQ(checked_add(kMax - 1, 1), kMax);
    EXPECT_EQ(checked_product({}), 1u);
    EXPECT_EQ(checked_product(std::array<std::uint64_t, 3>{2, 3, 4}), 24u);
    EXPECT_EQ(checked_size(5), 5u);
}

TEST(Checked, ResultsThatDoNotFitAreErrors) {
    EXPECT_EQ(code_of([] { checked_multiply(1ULL << 32, 1ULL << 32); }),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code_of([] { checked_add(kMax, 1); }), ErrorCode::invalid_argument);
    const std::array<std::uint64_t, 3> large{kMax, 2, 2};
    EXPECT_EQ(code_of([&] { checked_product(large); }), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of([] { checked_size(kMax); }), ErrorCode::out_of_memory);
}

TEST(Checked, AZeroMakesAnyProductZero) {
    EXPECT_EQ(checked_product(std::array<std::uint64_t, 3>{kMax, kMax, 0}), 0u);
}

}  // namespace
}  // namespace hyperslab::core
