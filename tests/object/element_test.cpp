#include <cmath>
#include <complex>
#include <cstdint>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace elements {

enum class Kind : std::int16_t { galaxy = -1, star = 300 };
HYPERSLAB_ENUM(Kind, galaxy, star);

struct Item {
    std::int32_t id = 0;
    std::string name;
    std::vector<std::uint8_t> codes;
    std::array<float, 2> position{};
    Kind kind = Kind::galaxy;
};
HYPERSLAB_RECORD(Item, id, name, codes, position, kind);

}  // namespace elements

namespace hyperslab {
namespace {

TEST(ElementArray, HoldsWhateverTheFileHas) {
    const File file = File::in_memory();
    const std::vector<elements::Item> items{{1, "one", {1, 2}, {0.5, 1.5}, elements::Kind::star},
                                            {}};
    const Dataset dataset = file.create_dataset("x", items);
    ElementArray all = dataset.read_elements();
    EXPECT_EQ(all.shape(), (Shape{2}));
    EXPECT_EQ(all.datatype().type_class(), TypeClass::compound);
    const Element one = all[0];
    EXPECT_EQ(one.size(), 5u);
    EXPECT_EQ(one.member("id").to_int64(), 1);
    EXPECT_EQ(one.member("name").to_text(), "one");
    EXPECT_EQ(one.member("codes").size(), 2u);
    EXPECT_EQ(one.member("codes")[1].to_int64(), 2);
    EXPECT_EQ(one.member("position")[1].to_double(), 1.5);
    EXPECT_EQ(one.member("kind").enum_name(), "star");
    EXPECT_EQ(one[4].to_int64(), 300);
    EXPECT_EQ(all[1].member("name").to_text(), "");
    EXPECT_EQ(all[1].member("codes").size(), 0u);
    expect_error(ErrorCode::not_found, "'x'", [&] { one.member("x"); });
    expect_error(ErrorCode::out_of_range, "Part 5", [&] { one[5]; });
    expect_error(ErrorCode::type_mismatch, "not a string", [&] { one.member("id").to_text(); });
    expect_error(ErrorCode::type_mismatch, "not an integer", [&] { one.to_int64(); });
    expect_error(ErrorCode::type_mismatch, "enumeration", [&] { one[0].enum_name(); });

    file.attributes()["x"] = items;
    const ElementArray copy = file.attributes()["x"].read_elements();
    all = copy;
    EXPECT_EQ(all[0].member("name").to_text(), "one");
}

TEST(ElementArray, OfSomeFieldsHasOnlyThose) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", std::vector<elements::Item>(3));
    const ElementArray part = dataset.read_elements({slice(1, 3)}, {"kind", "id"});
    EXPECT_EQ(part.size(), 2u);
    ASSERT_EQ(part.datatype().members().size(), 2u);
    EXPECT_EQ(part.datatype().members()[0].name, "kind");
    EXPECT_EQ(part[0][1].to_int64(), 0);
    expect_error(ErrorCode::not_found, "'y'", [&] { dataset.read_elements({}, {"y"}); });
}

TEST(ElementArray, NumbersComeInTheMachinesOrderAndSize) {
    const File file = File::in_memory();
    const struct {
        Datatype type;
        double value;
    } cases[] = {{Datatype::integer(2, false, ByteOrder::big), 65535},
                 {Datatype::integer(4, true, ByteOrder::big), -5},
                 {Datatype::integer(2, true).with_bits(12, 3), -7},
                 {Datatype::integer(8, false), 1.5e19},
                 {Datatype::integer(3, true), -3},
                 {Datatype::floating(2, ByteOrder::big), -1.5},
                 {Datatype::floating(2), 6.103515625e-05},
                 {Datatype::floating(4, ByteOrder::big), 0.5},
                 {Datatype::long_double(), 1e300},
                 {Datatype::bitfield(2, ByteOrder::big), 513},
                 {Datatype::custom_floating(2, 16, {15, 7, 8, 0, 7, 127}), 2.5}};
    int number = 0;
    for (const auto& [type, value] : cases) {
        const Dataset dataset = file.create_dataset(std::to_string(number++), type, {1});
        if (type.type_class() == TypeClass::bitfield) {
            dataset.write(static_cast<std::uint16_t>(value));
        } else {
            dataset.write(value);
        }
        EXPECT_EQ(dataset.read_elements()[0].to_double(), value) << to_string(type);
    }
}

TEST(ElementArray, SpecialHalvesAreWhatTheyAre) {
    const File file = File::in_memory();
    const Dataset dataset = file.create_dataset("x", Datatype::floating(2), {4});
    dataset.write(std::vector<float>{INFINITY, -INFINITY, NAN, 5.9604644775390625e-08F});
    const ElementArray all = dataset.read_elements();
    EXPECT_EQ(all[0].to_double(), INFINITY);
    EXPECT_EQ(all[1].to_double(), -INFINITY);
    EXPECT_TRUE(std::isnan(all[2].to_double()));
    EXPECT_EQ(all[3].to_double(), 5.9604644775390625e-08);
}

TEST(ElementArray, TextsLoseTheirPadding) {
    const File file = File::in_memory();
    for (const StringPadding padding : {StringPadding::null_terminated,
                                        StringPadding::null_padded,
                                        StringPadding::space_padded}) {
        const Dataset dataset =
            file.create_dataset("s" + std::to_string(static_cast<int>(padding)),
                                Datatype::fixed_string(6, CharacterSet::ascii, padding),
                                {2});
        dataset.write(std::vector<std::string>{"ab", ""});
        const ElementArray all = dataset.read_elements();
        EXPECT_EQ(all[0].to_text(), "ab");
        EXPECT_EQ(all[1].to_text(), "");
    }
}

TEST(ElementArray, ComplexNumbersHaveTwoParts) {
    const File file = File::in_memory();
    file.create_dataset("x", std::complex<double>{1, -2});
    const ElementArray all = file.dataset("x").read_elements();
    EXPECT_EQ(all.shape(), Shape{});
    EXPECT_EQ(all[0].size(), 2u);
    EXPECT_EQ(all[0][1].to_double(), -2);
}

TEST(ElementArray, UnsignedNumbersKeepTheirSize) {
    const File file = File::in_memory();
    file.create_dataset("x", std::uint64_t{0xffffffffffffffff});
    const ElementArray all = file.dataset("x").read_elements();
    EXPECT_EQ(all[0].to_long_double(), 18446744073709551615.0L);
    EXPECT_EQ(static_cast<std::uint64_t>(all[0].to_int64()), 0xffffffffffffffff);
}

}  // namespace
}  // namespace hyperslab
