#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

TEST(Array, HasAShapeAndElementsInCOrder) {
    const Array<int> array({2, 3}, std::vector<int>{0, 1, 2, 3, 4, 5});
    EXPECT_EQ(array.rank(), 2u);
    EXPECT_EQ(array.size(), 6u);
    EXPECT_EQ(array(1, 2), 5);
    EXPECT_EQ(array.at(0, 1), 1);
    EXPECT_EQ(array[4], 4);
    EXPECT_EQ(std::vector<int>(array.begin(), array.end()), array.to_vector());
    EXPECT_EQ(array.span().size(), 6u);
}

TEST(Array, BeginsWithZerosOrAValue) {
    EXPECT_EQ(Array<double>({3}).to_vector(), (std::vector<double>{0, 0, 0}));
    EXPECT_EQ(Array<std::string>({2}, "x").to_vector(), (std::vector<std::string>{"x", "x"}));
    EXPECT_TRUE(Array<int>().empty());
    EXPECT_EQ(Array<int>({}, 7)(), 7);
}

TEST(Array, PositionsOutsideAreErrorsWhenChecked) {
    Array<int> array({2, 3});
    expect_error(ErrorCode::out_of_range, "(2, 3)", [&] { array.at(0, 3); });
    expect_error(ErrorCode::out_of_range, "(2, 3)", [&] { array.at(-1, 0); });
    expect_error(ErrorCode::invalid_argument, "1 indices", [&] { array.at(0); });
    expect_error(
        ErrorCode::invalid_argument, "(4,)", [&] { Array<int>({4}, std::vector<int>{1, 2}); });
}

TEST(Array, NoMemoryCanHoldTooMany) {
    EXPECT_THROW(Array<int>({1ULL << 40, 1ULL << 40}), Error);
    EXPECT_THROW(Array<double>({1ULL << 62}), Error);
}

TEST(Array, IsAValue) {
    Array<int> a({2}, std::vector<int>{1, 2});
    Array<int> b = a;
    b(0) = 5;
    EXPECT_EQ(a(0), 1);
    EXPECT_NE(a, b);
    a = b;
    EXPECT_EQ(a, b);
    const Array<int> c = std::move(a);
    EXPECT_EQ(c, b);
    EXPECT_TRUE(a.empty());
    a = c;
    EXPECT_EQ(a, c);
    EXPECT_NE(Array<int>({2, 1}), Array<int>({1, 2}));
}

TEST(Array, TakesAnotherShapeWithoutCopying) {
    Array<int> array({2, 3});
    const int* const data = array.data();
    const Array<int> other = std::move(array).reshaped({3, 2});
    EXPECT_EQ(other.shape(), (Shape{3, 2}));
    EXPECT_EQ(other.data(), data);
    expect_error(ErrorCode::invalid_argument, "(4,)", [&] { Array<int>({3}).reshaped({4}); });
}

#if defined(__linux__)
/// What /proc says of the mapping that holds the address.
std::string mapping_flags(const void* address) {
    std::ifstream maps("/proc/self/smaps");
    const auto wanted = reinterpret_cast<std::uintptr_t>(address);
    bool inside = false;
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        if (std::sscanf(line.c_str(), "%" SCNxPTR "-%" SCNxPTR " ", &begin, &end) == 2) {
            inside = begin <= wanted && wanted < end;
        } else if (inside && line.starts_with("VmFlags:")) {
            return line + ' ';
        }
    }
    return {};
}

TEST(Array, LargeOnesAskForLargePages) {
    const Array<double> small({1000});
    const Array<double> large({4, 1 << 20});
    const std::string flags = mapping_flags(large.data() + large.size() / 2);
    if (flags.empty() || !std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) {
        GTEST_SKIP() << "this system has no large pages, or does not tell";
    }
    EXPECT_NE(flags.find(" hg "), std::string::npos) << flags;
    EXPECT_EQ(large(3, 5), 0.0);
    EXPECT_EQ(small(5), 0.0);
}
#endif

}  // namespace
}  // namespace hyperslab
