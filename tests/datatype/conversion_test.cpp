#include "datatype/conversion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace hyperslab::datatype {
namespace {

template <class Number>
Datatype type_of(ByteOrder order = kNativeOrder) {
    return std::is_floating_point_v<Number>
               ? Datatype::floating(sizeof(Number), order)
               : Datatype::integer(sizeof(Number), std::is_signed_v<Number>, order);
}

template <class To, class From>
std::vector<To> converted(const std::vector<From>& values) {
    const auto conversion = Conversion::between(type_of<From>(), type_of<To>());
    EXPECT_TRUE(conversion.has_value());
    std::vector<To> result(values.size());
    (*conversion)(reinterpret_cast<const std::byte*>(values.data()),
                  reinterpret_cast<std::byte*>(result.data()),
                  values.size());
    return result;
}

TEST(Conversion, IntegersThatDoNotFitBecomeTheNearest) {
    EXPECT_EQ(converted<std::int8_t>(std::vector{-1000, -129, -128, 5, 127, 128}),
              (std::vector<std::int8_t>{-128, -128, -128, 5, 127, 127}));
    EXPECT_EQ(converted<std::uint64_t>(std::vector<std::int8_t>{-1, 0, 1}),
              (std::vector<std::uint64_t>{0, 0, 1}));
    EXPECT_EQ(converted<std::int64_t>(std::vector<std::uint64_t>{~0ULL, 7}),
              (std::vector<std::int64_t>{std::numeric_limits<std::int64_t>::max(), 7}));
}

TEST(Conversion, FloatsThatAreTooLargeBecomeInfinite) {
    const float most = std::numeric_limits<float>::max();
    const double over = std::nextafter(static_cast<double>(most), INFINITY);
    const float infinite = std::numeric_limits<float>::infinity();
    EXPECT_EQ(converted<float>(std::vector<double>{1.5, 1e300, -1e300, most, over, -over}),
              (std::vector<float>{1.5F, infinite, -infinite, most, infinite, -infinite}));
    EXPECT_TRUE(std::isnan(converted<float>(std::vector<double>{NAN})[0]));
}

TEST(Conversion, BytesAreSwapped) {
    const auto conversion =
        Conversion::between(type_of<float>(ByteOrder::big), type_of<float>(ByteOrder::little));
    ASSERT_TRUE(conversion);
    const std::vector<std::uint32_t> bits{0x01020304, 0xa0b0c0d0};
    std::vector<std::uint32_t> result(2);
    (*conversion)(reinterpret_cast<const std::byte*>(bits.data()),
                  reinterpret_cast<std::byte*>(result.data()),
                  2);
    EXPECT_EQ(result, (std::vector<std::uint32_t>{0x04030201, 0xd0c0b0a0}));
}

TEST(Conversion, FieldsAreFoundByName) {
    const Datatype stored = Datatype::compound(13,
                                               {{"a", 0, type_of<std::int32_t>()},
                                                {"b", 4, Datatype::fixed_string(5)},
                                                {"c", 9, type_of<std::int32_t>()}});
    const Datatype wanted =
        Datatype::compound(16, {{"c", 2, type_of<double>()}, {"a", 12, type_of<std::int32_t>()}});
    const auto conversion = Conversion::between(stored, wanted);
    ASSERT_TRUE(conversion);
    std::vector<std::byte> from(26);
    for (std::int32_t i = 0; i < 2; ++i) {
        const std::int32_t c = 100 + i;
        std::memcpy(&from[static_cast<std::size_t>(i) * 13], &i, 4);
        std::memcpy(&from[static_cast<std::size_t>(i) * 13 + 9], &c, 4);
    }
    std::vector<std::byte> to(32, std::byte{7});
    (*conversion)(from.data(), to.data(), 2);
    for (std::size_t i = 0; i < 2; ++i) {
        double c = 0;
        std::int32_t a = -1;
        std::memcpy(&c, &to[i * 16 + 2], 8);
        std::memcpy(&a, &to[i * 16 + 12], 4);
        EXPECT_EQ(c, 100.0 + static_cast<double>(i));
        EXPECT_EQ(a, static_cast<std::int32_t>(i));
        EXPECT_EQ(to[i * 16], std::byte{7}) << "padding is left alone";
    }
}

TEST(Conversion, WhatOnlyLibhdf5KnowsIsNotOffered) {
    const Datatype number = type_of<double>();
    for (const Datatype& other : {type_of<std::int32_t>(),
                                  Datatype::fixed_string(8),
                                  Datatype::floating(2),
                                  type_of<float>(ByteOrder::big),
                                  Datatype::opaque(8),
                                  Datatype::compound(8, {{"a", 0, number}})}) {
        EXPECT_FALSE(Conversion::between(number, other).has_value()) << to_string(other);
    }
    const Datatype part = Datatype::integer(4, true).with_bits(20, 3);
    EXPECT_FALSE(Conversion::between(part, type_of<double>()).has_value());
}

}  // namespace
}  // namespace hyperslab::datatype
