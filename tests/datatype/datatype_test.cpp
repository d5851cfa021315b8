#include "hyperslab/datatype.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "selection/expect_error.hpp"

namespace hyperslab {
namespace {

using selection::expect_error;

TEST(Datatype, IntegersHaveSizeSignAndOrder) {
    const Datatype type = Datatype::integer(4, true, ByteOrder::big);
    EXPECT_EQ(type.type_class(), TypeClass::integer);
    EXPECT_EQ(type.size(), 4u);
    EXPECT_TRUE(type.is_signed());
    EXPECT_EQ(type.order(), ByteOrder::big);
    EXPECT_EQ(type.precision(), 32u);
    EXPECT_EQ(type.bit_offset(), 0u);
    EXPECT_EQ(Datatype::integer(1, true, ByteOrder::big), Datatype::integer(1, true))
        << "one byte has no order";
}

TEST(Datatype, FloatsAreIeee) {
    EXPECT_EQ(Datatype::floating(2).float_layout().mantissa_size, 10u);
    EXPECT_EQ(Datatype::floating(4).float_layout().exponent_bias, 127u);
    EXPECT_EQ(Datatype::floating(8).float_layout().exponent_size, 11u);
    EXPECT_EQ(Datatype::floating(16).float_layout().mantissa_size, 112u);
    EXPECT_EQ(Datatype::long_double().size(), sizeof(long double));
    EXPECT_NE(Datatype::floating(4), Datatype::floating(4, ByteOrder::big));
    expect_error(ErrorCode::invalid_argument, "3 bytes", [] { Datatype::floating(3); });
    expect_error(
        ErrorCode::invalid_argument, "fit its bytes", [] { Datatype::custom_floating(2, 17, {}); });
}

TEST(Datatype, ComplexIsTwoFloats) {
    const Datatype native = Datatype::complex(Datatype::floating(4));
    EXPECT_EQ(native.size(), 8u);
    EXPECT_EQ(native.base(), Datatype::floating(4));
    const Datatype compound = Datatype::complex_compound(Datatype::floating(8));
    ASSERT_EQ(compound.members().size(), 2u);
    EXPECT_EQ(compound.members()[1], (CompoundMember{"i", 8, Datatype::floating(8)}));
    EXPECT_THROW(Datatype::complex(Datatype::integer(4, true)), Error);
    EXPECT_THROW(Datatype::complex_compound(Datatype::integer(4, true)), Error);
}

TEST(Datatype, StringsAreFixedOrVariable) {
    const Datatype fixed =
        Datatype::fixed_string(5, CharacterSet::ascii, StringPadding::space_padded);
    EXPECT_FALSE(fixed.is_variable_string());
    EXPECT_EQ(fixed.size(), 5u);
    EXPECT_EQ(fixed.character_set(), CharacterSet::ascii);
    EXPECT_EQ(fixed.string_padding(), StringPadding::space_padded);
    EXPECT_FALSE(fixed.has_variable_length());
    EXPECT_TRUE(Datatype::variable_string().is_variable_string());
    EXPECT_TRUE(Datatype::variable_string().has_variable_length());
    EXPECT_THROW(Datatype::fixed_string(0), Error);
}

TEST(Datatype, CompoundMembersStayInside) {
    const Datatype type = Datatype::compound(
        12, {{"a", 4, Datatype::floating(8)}, {"b", 0, Datatype::integer(4, true)}});
    EXPECT_EQ(type.size(), 12u);
    EXPECT_EQ(type.find_member("b")->offset, 0u);
    EXPECT_EQ(type.find_member("c"), nullptr);
    expect_error(ErrorCode::invalid_argument, "'a'", [] {
        Datatype::compound(8, {{"a", 4, Datatype::floating(8)}});
    });
    EXPECT_THROW(Datatype::compound(
                     8, {{"a", std::numeric_limits<std::size_t>::max(), Datatype::floating(8)}}),
                 Error);
}

TEST(Datatype, EnumerationsNameIntegers) {
    const Datatype type =
        Datatype::enumeration(Datatype::integer(2, true), {{"red", -1}, {"green", 7}});
    EXPECT_EQ(type.base(), Datatype::integer(2, true));
    EXPECT_EQ(type.enum_members()[1], (EnumMember{"green", 7}));
    EXPECT_EQ(Datatype::boolean().enum_members().size(), 2u);
    EXPECT_EQ(Datatype::boolean().size(), 1u);
    EXPECT_THROW(Datatype::enumeration(Datatype::floating(4), {}), Error);
}

TEST(Datatype, ArraysAndSequencesHaveABase) {
    const Datatype array = Datatype::array(Datatype::integer(2, true), {3, 4});
    EXPECT_EQ(array.size(), 24u);
    EXPECT_EQ(array.array_dims(), (Shape{3, 4}));
    EXPECT_FALSE(array.has_variable_length());
    const Datatype sequence = Datatype::vlen(array);
    EXPECT_EQ(sequence.base(), array);
    EXPECT_TRUE(sequence.has_variable_length());
    EXPECT_TRUE(Datatype::array(Datatype::variable_string(), {2}).has_variable_length());
    EXPECT_THROW(Datatype::array(array, {1ULL << 62}), Error);
    expect_error(ErrorCode::invalid_argument, "no base type", [] { Datatype().base(); });
}

TEST(Datatype, ReferencesAndOpaqueHaveTheirSizes) {
    EXPECT_EQ(Datatype::reference(ReferenceKind::object).size(), 8u);
    EXPECT_EQ(Datatype::reference(ReferenceKind::region).size(), 12u);
    EXPECT_TRUE(Datatype::reference(ReferenceKind::region).has_reference());
    EXPECT_TRUE(Datatype::vlen(Datatype::reference(ReferenceKind::object)).has_reference());
    EXPECT_TRUE(Datatype::compound(8, {{"r", 0, Datatype::reference(ReferenceKind::object)}})
                    .has_reference());
    EXPECT_FALSE(Datatype::integer(8, true).has_reference());
    EXPECT_EQ(Datatype::opaque(3, "tag").tag(), "tag");
    EXPECT_NE(Datatype::opaque(3, "a"), Datatype::opaque(3, "b"));
    EXPECT_THROW(Datatype::opaque(0), Error);
}

TEST(Datatype, WithBitsChangesNothingElse) {
    const Datatype whole = Datatype::integer(4, true);
    const Datatype part = whole.with_bits(12, 3);
    EXPECT_EQ(part.precision(), 12u);
    EXPECT_EQ(part.bit_offset(), 3u);
    EXPECT_NE(part, whole);
    EXPECT_EQ(part.with_bits(32, 0), whole);
}

TEST(Datatype, EqualityComparesAllOfIt) {
    const auto nested = [](const char* name) {
        return Datatype::vlen(Datatype::compound(4, {{name, 0, Datatype::floating(4)}}));
    };
    EXPECT_EQ(nested("a"), nested("a"));
    EXPECT_NE(nested("a"), nested("b"));
    EXPECT_NE(Datatype::integer(4, true), Datatype::integer(4, false));
    EXPECT_NE(Datatype::fixed_string(4), Datatype::fixed_string(4, CharacterSet::ascii));
}

TEST(Datatype, HasWordsForPeople) {
    const auto words = [](const Datatype& type) { return to_string(type); };
    EXPECT_EQ(words(Datatype::integer(4, true)), "int32");
    EXPECT_EQ(words(Datatype::integer(2, false, ByteOrder::big)), "uint16 (big-endian)");
    EXPECT_EQ(words(Datatype::floating(8)), "float64");
    EXPECT_EQ(words(Datatype::boolean()), "bool");
    EXPECT_EQ(words(Datatype::complex_compound(Datatype::floating(8))), "complex128");
    EXPECT_EQ(words(Datatype::complex_compound(Datatype::floating(4, ByteOrder::big))),
              "complex64 (big-endian)");
    EXPECT_EQ(words(Datatype::bitfield(1)), "bitfield8");
    EXPECT_EQ(words(Datatype::variable_string()), "variable-length UTF-8 string");
    EXPECT_EQ(words(Datatype::fixed_string(7, CharacterSet::ascii)), "ASCII string of 7 bytes");
    EXPECT_EQ(words(Datatype::opaque(2, "t")), "opaque of 2 bytes 't'");
    EXPECT_EQ(words(Datatype::vlen(Datatype::integer(1, false))),
              "variable-length sequence of uint8");
    EXPECT_EQ(words(Datatype::array(Datatype::floating(4), {2, 3})), "array (2, 3) of float32");
    EXPECT_EQ(words(Datatype::reference(ReferenceKind::object)), "object reference");
    EXPECT_EQ(words(Datatype::compound(
                  12, {{"x", 0, Datatype::floating(4)}, {"n", 4, Datatype::integer(8, true)}})),
              "compound {x: float32, n: int64}");
    EXPECT_EQ(words(Datatype::enumeration(Datatype::integer(1, true), {{"a", 0}, {"b", 5}})),
              "enum of int8 {a = 0, b = 5}");
}

}  // namespace
}  // namespace hyperslab
