#include "datatype/conversion.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "hyperslab/error.hpp"

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

template <class Number>
void put(std::vector<std::byte>& bytes, std::size_t place, Number number) {
    std::memcpy(&bytes[place], &number, sizeof number);
}

template <class Number>
Number get(const std::vector<std::byte>& bytes, std::size_t place) {
    Number number;
    std::memcpy(&number, &bytes[place], sizeof number);
    return number;
}

// More records than are gathered at once, small members and some that are not gathered at all.
TEST(Conversion, MembersAreConvertedWhereTheyLie) {
    constexpr std::uint64_t kLong = 300;
    const auto array = [](const Datatype& base) { return Datatype::array(base, {kLong}); };
    const Datatype stored = Datatype::compound(2 + 8 + 2 * kLong,
                                               {{"count", 0, type_of<std::int16_t>(ByteOrder::big)},
                                                {"flux", 2, type_of<double>()},
                                                {"samples", 10, array(type_of<std::uint16_t>())}});
    const Datatype wanted = Datatype::compound(4 * kLong + 9,
                                               {{"samples", 1, array(type_of<float>())},
                                                {"flux", 4 * kLong + 1, type_of<float>()},
                                                {"count", 4 * kLong + 5, type_of<std::int32_t>()}});
    const auto conversion = Conversion::between(stored, wanted);
    ASSERT_TRUE(conversion);
    constexpr std::size_t kCount = 3000;
    std::vector<std::byte> from(kCount * stored.size());
    for (std::size_t i = 0; i < kCount; ++i) {
        put(from, i * stored.size(), __builtin_bswap16(static_cast<std::uint16_t>(i)));
        put(from, i * stored.size() + 2, static_cast<double>(i) / 2);
        for (std::size_t k = 0; k < kLong; ++k) {
            put(from, i * stored.size() + 10 + 2 * k, static_cast<std::uint16_t>(i + k));
        }
    }
    std::vector<std::byte> to(kCount * wanted.size(), std::byte{7});
    (*conversion)(from.data(), to.data(), kCount);
    for (std::size_t i = 0; i < kCount; ++i) {
        const std::size_t place = i * wanted.size();
        ASSERT_EQ(to[place], std::byte{7});
        ASSERT_EQ(get<float>(to, place + 1 + 4 * (kLong - 1)), static_cast<float>(i + kLong - 1));
        ASSERT_EQ(get<float>(to, place + 4 * kLong + 1), static_cast<float>(i) / 2);
        ASSERT_EQ(get<std::int32_t>(to, place + 4 * kLong + 5), static_cast<std::int32_t>(i));
    }
}

TEST(Conversion, ElementsMayLieApart) {
    const std::vector<double> values{1, 2, 3, 4, 5, 6, 7};
    std::vector<float> result(4);
    const auto* const from = reinterpret_cast<const std::byte*>(values.data());
    auto* const to = reinterpret_cast<std::byte*>(result.data());
    const auto conversion = Conversion::between(type_of<double>(), type_of<float>());
    (*conversion)(from, 2 * sizeof(double), to, 4);
    EXPECT_EQ(result, (std::vector<float>{1, 3, 5, 7}));
    std::vector<double> copies(4);
    Conversion(8)(from, 2 * sizeof(double), reinterpret_cast<std::byte*>(copies.data()), 4);
    EXPECT_EQ(copies, (std::vector<double>{1, 3, 5, 7}));
}

std::string converted_string(std::string text,
                             StringPadding from,
                             std::size_t size,
                             StringPadding to) {
    const auto conversion =
        Conversion::between(Datatype::fixed_string(text.size(), CharacterSet::ascii, from),
                            Datatype::fixed_string(size, CharacterSet::ascii, to));
    std::string result(size, '?');
    (*conversion)(reinterpret_cast<const std::byte*>(text.data()),
                  reinterpret_cast<std::byte*>(result.data()),
                  1);
    return result;
}

TEST(Conversion, StringsArePaddedAndCutOff) {
    using enum StringPadding;
    using namespace std::string_literals;
    EXPECT_EQ(converted_string("ab\0x\0"s, null_padded, 6, space_padded), "ab\0x  "s);
    EXPECT_EQ(converted_string("ab\0x"s, null_terminated, 6, space_padded), "ab    ");
    EXPECT_EQ(converted_string("ab  "s, space_padded, 6, null_padded), "ab\0\0\0\0"s);
    EXPECT_EQ(converted_string("a\0b "s, space_padded, 3, null_padded), "a\0b"s);
    EXPECT_EQ(converted_string("abcd"s, null_padded, 3, null_terminated), "ab\0"s);
    EXPECT_EQ(converted_string("abcd"s, null_terminated, 4, null_padded), "abcd");
    EXPECT_EQ(converted_string("    "s, space_padded, 2, null_padded), "\0\0"s);
}

TEST(Conversion, EnumerationsAreTheirIntegers) {
    const Datatype colour = Datatype::enumeration(type_of<std::int16_t>(), {{"red", 1}});
    EXPECT_TRUE(Conversion::between(colour, type_of<std::int16_t>())->is_copy());
    // libhdf5 knows the order of a single byte's bits.
    EXPECT_FALSE(Conversion::between(Datatype::boolean(), Datatype::bitfield(1)).has_value());
    EXPECT_TRUE(Conversion::between(type_of<std::int32_t>(), colour).has_value());
    EXPECT_TRUE(Conversion::between(colour, type_of<double>()).has_value());
    EXPECT_FALSE(Conversion::between(type_of<double>(), colour).has_value());
}

TEST(Conversion, EnumerationsBecomeOthersByName) {
    const Datatype from = Datatype::enumeration(type_of<std::int16_t>(), {{"red", 1}, {"blue", 9}});
    const Datatype to = Datatype::enumeration(type_of<std::uint8_t>(), {{"blue", 0}, {"red", 200}});
    const auto conversion = Conversion::between(from, to);
    ASSERT_TRUE(conversion);
    const std::array<std::int16_t, 3> values{9, 1, 9};
    std::array<std::uint8_t, 3> converted{};
    (*conversion)(reinterpret_cast<const std::byte*>(values.data()),
                  reinterpret_cast<std::byte*>(converted.data()),
                  3);
    EXPECT_EQ(converted, (std::array<std::uint8_t, 3>{0, 200, 0}));
    const std::int16_t nameless = 2;
    EXPECT_THROW((*conversion)(reinterpret_cast<const std::byte*>(&nameless),
                               reinterpret_cast<std::byte*>(converted.data()),
                               1),
                 Error);
}

TEST(Conversion, WhatOnlyLibhdf5KnowsIsNotOffered) {
    const Datatype number = type_of<double>();
    for (const Datatype& other : {Datatype::fixed_string(8),
                                  Datatype::long_double(),
                                  Datatype::floating(16),
                                  Datatype::opaque(8),
                                  Datatype::bitfield(8),
                                  Datatype::array(number, {1}),
                                  Datatype::compound(8, {{"a", 0, number}})}) {
        EXPECT_FALSE(Conversion::between(number, other).has_value()) << to_string(other);
        EXPECT_FALSE(Conversion::between(other, number).has_value()) << to_string(other);
    }
    const Datatype part = Datatype::integer(4, true).with_bits(20, 3);
    EXPECT_FALSE(Conversion::between(part, type_of<double>()).has_value());
    EXPECT_FALSE(Conversion::between(part, part).has_value()) << "its padding is not described";
    const auto string = [](CharacterSet set) { return Datatype::fixed_string(8, set); };
    EXPECT_FALSE(Conversion::between(string(CharacterSet::ascii), string(CharacterSet::utf8)));
    EXPECT_FALSE(Conversion::between(Datatype::opaque(4, "a"), Datatype::opaque(4, "b")));
    const auto array = [&](const Shape& dims) { return Datatype::array(number, dims); };
    EXPECT_FALSE(Conversion::between(array({2, 3}), array({3, 2})));
}

}  // namespace
}  // namespace hyperslab::datatype
