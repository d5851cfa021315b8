// Every kind of element, written and read again: as dataset, as attribute, and as a part.

#include <cmath>
#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "object/support.hpp"

namespace colours {

enum class Colour : std::uint8_t { red, green = 7, blue };
HYPERSLAB_ENUM(Colour, red, green, blue);

enum Signed : int { minus = -5, zero = 0 };
HYPERSLAB_ENUM(Signed, minus, zero);

}  // namespace colours

namespace hyperslab {
namespace {

// ---- relations between types ----

static_assert(NativeElement<int> && NativeElement<bool> && NativeElement<std::complex<float>>);
static_assert(NativeElement<std::vector<std::vector<std::string>>>);
static_assert(NativeElement<std::array<std::array<int, 2>, 3>>);
static_assert(Storable<const char*> && !Loadable<const char*>);
static_assert(Storable<std::string_view> && !Loadable<std::string_view>);
static_assert(!Storable<int*> && !Storable<std::pair<int, int*>>);
static_assert(NativeType<double>::kPlain && !NativeType<std::string>::kPlain);
static_assert(NativeType<std::array<double, 3>>::kPlain);

template <class T>
struct Sample;

template <class T>
    requires std::is_arithmetic_v<T>
struct Sample<T> {
    static std::vector<T> values() {
        return {std::numeric_limits<T>::lowest(), T(0), T(1), std::numeric_limits<T>::max()};
    }
};
template <class T>
struct Sample<std::complex<T>> {
    static std::vector<std::complex<T>> values() { return {{1, -2}, {0, 0}, {-1.5, 1e10F}}; }
};
template <>
struct Sample<std::string> {
    static std::vector<std::string> values() {
        return {"", "text", "größe 名前", std::string(5000, 'x')};
    }
};
template <>
struct Sample<FixedString<6>> {
    static std::vector<FixedString<6>> values() { return {"", "abc", "sixsix"}; }
};
template <>
struct Sample<Opaque<3>> {
    static std::vector<Opaque<3>> values() {
        return {{}, {{std::byte{1}, std::byte{0}, std::byte{255}}}};
    }
};
template <>
struct Sample<colours::Colour> {
    static std::vector<colours::Colour> values() {
        return {colours::Colour::blue, colours::Colour::red, colours::Colour::green};
    }
};
template <>
struct Sample<colours::Signed> {
    static std::vector<colours::Signed> values() { return {colours::minus, colours::zero}; }
};
template <>
struct Sample<std::byte> {
    static std::vector<std::byte> values() { return {std::byte{0}, std::byte{200}}; }
};
template <class A, class B>
struct Sample<std::pair<A, B>> {
    static std::vector<std::pair<A, B>> values() {
        return {{}, {Sample<A>::values()[1], Sample<B>::values()[2]}};
    }
};
template <class T>
struct Sample<std::optional<T>> {
    static std::vector<std::optional<T>> values() {
        return {std::nullopt, Sample<T>::values().front(), Sample<T>::values().back()};
    }
};
template <class T, std::size_t N>
struct Sample<std::array<T, N>> {
    static std::vector<std::array<T, N>> values() {
        std::vector<std::array<T, N>> made(3);
        const auto inner = Sample<T>::values();
        for (std::size_t i = 0; i < 3 * N; ++i) {
            made[i / N][i % N] = inner[i % inner.size()];
        }
        return made;
    }
};
template <class T>
struct Sample<std::vector<T>> {
    static std::vector<std::vector<T>> values() {
        const auto inner = Sample<T>::values();
        return {{}, inner, {inner.begin(), inner.begin() + 1}};
    }
};

template <class T>
class ElementType : public testing::Test {};

using ElementTypes = testing::Types<std::int8_t,
                                    std::uint8_t,
                                    char,
                                    std::int16_t,
                                    std::uint16_t,
                                    std::int32_t,
                                    std::uint32_t,
                                    std::int64_t,
                                    std::uint64_t,
                                    long long,
                                    float,
                                    double,
                                    long double,
                                    bool,
                                    std::complex<float>,
                                    std::complex<double>,
                                    std::string,
                                    FixedString<6>,
                                    Opaque<3>,
                                    std::byte,
                                    std::pair<std::string, double>,
                                    std::optional<int>,
                                    std::optional<std::string>,
                                    colours::Colour,
                                    colours::Signed,
                                    std::array<int, 3>,
                                    std::array<std::array<float, 2>, 3>,
                                    std::array<std::string, 2>,
                                    std::array<bool, 2>,
                                    std::vector<int>,
                                    std::vector<bool>,
                                    std::vector<std::string>,
                                    std::vector<std::vector<double>>,
                                    std::vector<std::array<int, 2>>>;
TYPED_TEST_SUITE(ElementType, ElementTypes);

TYPED_TEST(ElementType, DatasetsKeepValues) {
    const std::vector<TypeParam> values = Sample<TypeParam>::values();
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<TypeParam>("x", {values.size()});
    EXPECT_EQ(dataset.datatype(), NativeType<TypeParam>::datatype());
    dataset.write(values);
    EXPECT_EQ(dataset.read<TypeParam>().to_vector(), values);
    EXPECT_EQ(dataset.get<TypeParam>(at(-1)), values.back());
}

TYPED_TEST(ElementType, DatasetsMadeOfValuesKeepThem) {
    const std::vector<TypeParam> values = Sample<TypeParam>::values();
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", values);
    EXPECT_EQ(dataset.shape()[0], values.size());
    EXPECT_EQ(dataset.read<TypeParam>().to_vector(), values);
    EXPECT_EQ(dataset.get<TypeParam>(at(-1)), values.back());
}

TYPED_TEST(ElementType, CompressedChunksKeepValues) {
    const std::vector<TypeParam> values = Sample<TypeParam>::values();
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<TypeParam>(
        "x", {values.size()}, {.chunks = {2}, .filters = {shuffle(), deflate(4)}});
    dataset.write(values);
    EXPECT_EQ(dataset.read<TypeParam>().to_vector(), values);
}

TYPED_TEST(ElementType, SingleElementsKeepValues) {
    const File file = File::in_memory();
    const Dataset scalar = file.create_dataset<TypeParam>("scalar", Shape{});
    const Dataset row = file.create_dataset<TypeParam>("row", {3});
    for (const TypeParam& value : Sample<TypeParam>::values()) {
        scalar.set(value);
        row.set(value, at(1));
        EXPECT_EQ(scalar.get<TypeParam>(), value);
        EXPECT_EQ(row.get<TypeParam>(at(1)), value);
    }
}

TYPED_TEST(ElementType, AttributesKeepValues) {
    const std::vector<TypeParam> values = Sample<TypeParam>::values();
    const File file = File::in_memory();
    file.attributes()["all"] = values;
    EXPECT_EQ(file.attributes().read<TypeParam>("all").to_vector(), values);
    file.attributes()["typed"].create(NativeType<TypeParam>::datatype(), {values.size()}, values);
    EXPECT_EQ(file.attributes().read<TypeParam>("typed").to_vector(), values);
    EXPECT_EQ(file.attributes()["typed"].datatype(), NativeType<TypeParam>::datatype());
    file.attributes()["one"] = Array<TypeParam>({}, values.back());
    EXPECT_EQ(file.attributes().get<TypeParam>("one"), values.back());
}

TYPED_TEST(ElementType, UnwrittenElementsReadAsNothing) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset<TypeParam>("x", {2}, {.chunks = {1}});
    if constexpr (!std::is_same_v<TypeParam, colours::Signed>) {
        EXPECT_EQ(dataset.get<TypeParam>(at(0)), TypeParam{});
    }
}

// ---- conversions on the way ----

TEST(ElementConversion, NumbersBecomeOtherNumbers) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", std::vector<double>{1.5, -2, 300});
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{1, -2, 300}));
    EXPECT_EQ(dataset.read<std::int8_t>().to_vector(), (std::vector<std::int8_t>{1, -2, 127}));
    EXPECT_EQ(dataset.read<float>().to_vector(), (std::vector<float>{1.5, -2, 300}));
    dataset.write(std::vector<int>{7, 8, 9});
    EXPECT_EQ(dataset.read<double>().to_vector(), (std::vector<double>{7, 8, 9}));
}

TEST(ElementConversion, HalvesAreRoundedToTheNearest) {
    const File file = File::in_memory();
    const std::vector<float> values{0,
                                    -0.0F,
                                    1,
                                    -2.5F,
                                    65504,
                                    65520,
                                    1e30F,
                                    5.9604645e-8F,
                                    6.1035e-5F,
                                    0.1F,
                                    1.0004883F,
                                    1.0014648F,
                                    2049,
                                    2051,
                                    3.0e-5F,
                                    1e-8F,
                                    INFINITY,
                                    -1e-7F};
    const Dataset dataset = file.create_dataset<Half>("x", {values.size()});
    EXPECT_EQ(dataset.datatype(), Datatype::floating(2));
    dataset.write(values);  // rounded by HDF5
    const auto rounded = dataset.read<float>();
    const auto halves = dataset.read<Half>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(float(halves[i]), rounded[i]) << values[i];
        EXPECT_EQ(Half(values[i]).bits(), halves[i].bits()) << values[i];
    }
    for (unsigned bits = 0; bits <= 0xffff; ++bits) {
        const Half half = Half::from_bits(static_cast<std::uint16_t>(bits));
        if (!std::isnan(float(half))) {
            ASSERT_EQ(Half(float(half)).bits(), bits);
        }
    }
    EXPECT_TRUE(std::isnan(float(Half(NAN))));
    dataset.set(Half(7.5F), at(0));
    EXPECT_EQ(dataset.get<double>(at(0)), 7.5);
}

TEST(ElementConversion, ByteOrderIsUndone) {
    const File file = File::in_memory();
    const Dataset dataset =
        file.create_dataset("x", Datatype::integer(4, true, ByteOrder::big), {2});
    dataset.write(std::vector<int>{1, -70000});
    EXPECT_EQ(dataset.read<int>().to_vector(), (std::vector<int>{1, -70000}));
    EXPECT_EQ(dataset.read_elements()[1].to_int64(), -70000);
}

TEST(ElementConversion, BooleansAreAnyNumberButZero) {
    const File file = File::in_memory();
    EXPECT_EQ(file.create_dataset("i", std::vector<int>{0, 256, -1}).read<bool>().to_vector(),
              (std::vector<bool>{false, true, true}));
    const Dataset bytes = file.create_dataset<int>("n", {2});
    bytes.write(std::vector<bool>{true, false});
    EXPECT_EQ(bytes.read<int>().to_vector(), (std::vector<int>{1, 0}));
}

TEST(ElementConversion, EnumerationsAreNumbersToo) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", std::vector{colours::Colour::green});
    EXPECT_EQ(dataset.get<int>(at(0)), 7);
    dataset.write(8, at(0));
    EXPECT_EQ(dataset.get<colours::Colour>(at(0)), colours::Colour::blue);
}

TEST(ElementConversion, StringsOfAllKindsBecomeEachOther) {
    const File file = File::in_memory();
    for (const CharacterSet set : {CharacterSet::ascii, CharacterSet::utf8}) {
        const std::string suffix = set == CharacterSet::ascii ? "a" : "u";
        const Dataset fixed = file.create_dataset(
            "f" + suffix, Datatype::fixed_string(4, set, StringPadding::space_padded), {2});
        const Dataset variable =
            file.create_dataset("v" + suffix, Datatype::variable_string(set), {2});
        for (const Dataset& dataset : {fixed, variable}) {
            dataset.write(std::vector<std::string>{"ab", "abcd"});
            EXPECT_EQ(dataset.get<std::string>(at(1)), "abcd");
            dataset.write(std::vector<const char*>{"x", "yz"});
            EXPECT_EQ(dataset.get<std::string>(at(1)).substr(0, 2), "yz");
            dataset.write("all");
            EXPECT_EQ(dataset.get<std::string>(at(0)).substr(0, 3), "all");
        }
        EXPECT_EQ(fixed.get<FixedString<8>>(at(0)).string().substr(0, 3), "all");
    }
}

TEST(ElementConversion, BitfieldsAreUnsignedIntegers) {
    const File file = File::in_memory();
    for (const std::size_t size : {1U, 2U, 4U, 8U}) {
        const Dataset dataset =
            file.create_dataset("b" + std::to_string(size), Datatype::bitfield(size), {2});
        dataset.write(std::vector<unsigned>{5, 129});
        EXPECT_EQ(dataset.read<unsigned>().to_vector(), (std::vector<unsigned>{5, 129})) << size;
        EXPECT_EQ(dataset.read_elements()[1].to_int64(), 129);
    }
}

TEST(ElementConversion, OpaqueKeepsItsTag) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", Datatype::opaque(2, "a tag"), {1});
    const Opaque<2> value{{std::byte{1}, std::byte{2}}};
    dataset.set(value, at(0));
    EXPECT_EQ(dataset.get<Opaque<2>>(at(0)), value);
    EXPECT_EQ(dataset.datatype().tag(), "a tag");
}

TEST(ElementConversion, WhatHasNoConversionIsAnError) {
    const ScratchPath path("conversion.h5");
    const File file(path, Mode::create);
    const Dataset numbers = file.create_dataset("n", std::vector<int>{1});
    const Dataset texts = file.create_dataset("t", std::vector<std::string>{"x"});
    expect_error(ErrorCode::type_mismatch, "conversion.h5", [&] { numbers.read<std::string>(); });
    expect_error(ErrorCode::type_mismatch, "'/t'", [&] { texts.read<int>(); });
    EXPECT_THROW(numbers.write("text"), Error);
    EXPECT_THROW(texts.write(1), Error);
    const Dataset scalar = file.create_dataset("s", 1);
    expect_error(ErrorCode::invalid_argument, "", [&] { scalar.read<std::vector<int>>(); });
}

}  // namespace
}  // namespace hyperslab
