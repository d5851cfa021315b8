#include <cstdint>
#include <hyperslab/native.hpp>
#include <string>
#include <vector>

#include "object/support.hpp"

namespace hyperslab {
namespace {

using Names = std::vector<std::string>;

TEST(Attributes, AreAMapOfValues) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    EXPECT_TRUE(attributes.empty());
    attributes["plate"] = 4857;
    attributes["survey"] = "BOSS";
    attributes["wave"] = std::vector<double>{3500, 10400};
    EXPECT_EQ(attributes.size(), 3u);
    EXPECT_EQ(attributes.names(), (Names{"plate", "survey", "wave"}));
    EXPECT_TRUE(attributes.contains("plate"));
    EXPECT_FALSE(attributes.contains("mjd"));
    EXPECT_EQ(attributes["plate"].get<int>(), 4857);
    EXPECT_EQ(attributes.get<std::string>("survey"), "BOSS");
    EXPECT_EQ(attributes.read<double>("wave").to_vector(), (std::vector<double>{3500, 10400}));
}

TEST(Attributes, HangOnEveryKindOfObject) {
    const File file = File::in_memory();
    const Object objects[] = {file,
                              file.create_group("g"),
                              file.create_dataset("x", 1),
                              file.commit("t", Datatype::integer(4, true))};
    for (const Object& object : objects) {
        object.attributes()["a"] = 5;
        EXPECT_EQ(object.attributes().get<int>("a"), 5);
        EXPECT_EQ(object.info().attribute_count, 1u);
    }
}

TEST(Attributes, AssigningReplacesTypeAndShape) {
    const File file = File::in_memory();
    file.attributes()["a"] = std::vector<int>{1, 2, 3};
    file.attributes()["a"] = "text";
    EXPECT_EQ(file.attributes()["a"].shape(), Shape{});
    EXPECT_EQ(file.attributes().get<std::string>("a"), "text");
    file.attributes()["a"] = Array<float>({2, 2}, 1.5F);
    EXPECT_EQ(file.attributes()["a"].shape(), (Shape{2, 2}));
    EXPECT_EQ(file.attributes().size(), 1u);
}

TEST(Attributes, AFailedReplacementLeavesTheOldOne) {
    const File file = File::in_memory();
    const Attribute attribute = file.attributes()["a"];
    attribute = 5;
    EXPECT_THROW(attribute.create(Datatype::integer(4, true), {}, "text"), Error);
    EXPECT_THROW(attribute.create(Datatype::integer(4, true), {3}, std::vector<int>{1}), Error);
    EXPECT_EQ(attribute.get<int>(), 5);
    EXPECT_EQ(file.attributes().names(), (Names{"a"}));
}

TEST(Attributes, ArePairsOfNameAndValue) {
    const File file = File::in_memory();
    file.attributes()["a"] = 1;
    file.attributes()["b"] = 2;
    int sum = 0;
    for (const auto& [name, attribute] : file.attributes()) {
        EXPECT_EQ(name, attribute.name());
        sum += attribute.get<int>();
    }
    EXPECT_EQ(sum, 3);
}

TEST(Attributes, CanBeRemovedAndRenamed) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    attributes["a"] = 1;
    attributes["b"] = 2;
    attributes.rename("a", "c");
    attributes.remove("b");
    EXPECT_EQ(attributes.names(), (Names{"c"}));
    EXPECT_EQ(attributes.get<int>("c"), 1);
    attributes["b"] = 2;
    expect_error(ErrorCode::already_exists, "'c'", [&] { attributes.rename("b", "c"); });
    expect_error(ErrorCode::not_found, "'x'", [&] { attributes.remove("x"); });
    expect_error(ErrorCode::not_found, "'x'", [&] { attributes.rename("x", "y"); });
}

TEST(Attribute, HasTypeAndShapeOfItsOwn) {
    const File file = File::in_memory();
    const Attribute attribute = file.attributes()["a"];
    attribute.create(Datatype::integer(2, true, ByteOrder::big), {2}, std::vector<int>{1, -2});
    EXPECT_EQ(attribute.datatype(), Datatype::integer(2, true, ByteOrder::big));
    EXPECT_EQ(attribute.read<int>().to_vector(), (std::vector<int>{1, -2}));
    attribute.write(std::vector<double>{3, 4});
    EXPECT_EQ(attribute.read<int>().to_vector(), (std::vector<int>{3, 4}));
    EXPECT_EQ(attribute.datatype().size(), 2u) << "writing keeps the type";
    expect_error(ErrorCode::invalid_argument, "(2,)", [&] { attribute.write(1); });
    attribute.create(Datatype::fixed_string(4), {2});
    EXPECT_EQ(attribute.read<std::string>().to_vector(), (Names{"", ""}));
}

TEST(Attribute, IsNullWithoutAValue) {
    const File file = File::in_memory();
    const Attribute attribute = file.attributes()["a"];
    attribute = Empty{Datatype::floating(8)};
    EXPECT_TRUE(attribute.exists());
    EXPECT_TRUE(attribute.is_null());
    EXPECT_EQ(attribute.datatype(), Datatype::floating(8));
    EXPECT_EQ(attribute.shape(), Shape{});
    expect_error(ErrorCode::invalid_argument, "is null", [&] { attribute.get<double>(); });
    expect_error(ErrorCode::invalid_argument, "'a'", [&] { attribute.read<double>(); });
    attribute = 1.5;
    EXPECT_FALSE(attribute.is_null());
}

TEST(Attribute, MissingOnesAreErrorsThatNameThem) {
    const ScratchPath path("attribute.h5");
    const File file(path, Mode::create);
    const Attribute attribute = file.create_group("g").attributes()["mjd"];
    EXPECT_FALSE(attribute.exists());
    expect_error(ErrorCode::not_found,
                 "no attribute 'mjd' on the group '/g' in file 'attribute.h5'",
                 [&] { attribute.get<int>(); });
    expect_error(ErrorCode::not_found, "'mjd'", [&] { attribute.write(1); });
    expect_error(ErrorCode::not_found, "'mjd'", [&] { attribute.shape(); });
}

TEST(Attribute, OneElementIsOneElement) {
    const File file = File::in_memory();
    file.attributes()["a"] = std::vector<int>{1, 2};
    file.attributes()["b"] = std::vector<int>{3};
    expect_error(
        ErrorCode::invalid_argument, "2 elements", [&] { file.attributes().get<int>("a"); });
    EXPECT_EQ(file.attributes().get<int>("b"), 3);
    EXPECT_THROW(file.attributes().get<std::string>("b"), Error);
}

TEST(Attribute, ManyAndLargeOnesAreKept) {
    const File file = File::in_memory({.format = {FormatVersion::latest, FormatVersion::latest}});
    for (int i = 0; i < 100; ++i) {
        file.attributes()["attribute " + std::to_string(i)] = i;
    }
    EXPECT_EQ(file.attributes().size(), 100u);
    EXPECT_EQ(file.attributes().get<int>("attribute 57"), 57);
    const std::vector<double> large(20000, 0.5);
    file.attributes()["large"] = large;
    EXPECT_EQ(file.attributes().read<double>("large").to_vector(), large);
    EXPECT_THROW(File::in_memory().attributes()["large"] = large, Error)
        << "the oldest format has room for 64 KiB";
}

TEST(Attribute, NamesMayBeAnyUtf8) {
    const File file = File::in_memory();
    file.attributes()["größe/名前"] = "Ångström";
    EXPECT_EQ(file.attributes().names(), (Names{"größe/名前"}));
    EXPECT_EQ(file.attributes().get<std::string>("größe/名前"), "Ångström");
}

TEST(AttributeTypes, AreThoseOfTheAttributeThatIsRead) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    const auto store = [&](const std::string& name, const Datatype& type) {
        attributes[name].create(type, {}, 7);
    };
    store("i4", Datatype::integer(4, true));
    store("i4be", Datatype::integer(4, true, ByteOrder::big));
    store("u8", Datatype::integer(8, false));
    store("f4", Datatype::floating(4));
    store("f8be", Datatype::floating(8, ByteOrder::big));
    file.commit("type", Datatype::integer(2, true));
    attributes["utf8"] = "text";
    attributes["ascii"].create(Datatype::variable_string(CharacterSet::ascii), {}, "text");
    attributes["fixed"].create(Datatype::fixed_string(6), {}, "text");
    attributes["list"] = {7};
    for (int round = 0; round < 3; ++round) {
        for (const char* name : {"i4", "i4be", "u8", "f4", "f8be", "list"}) {
            EXPECT_EQ(attributes.get<int>(name), 7) << name;
            EXPECT_EQ(attributes.get<double>(name), 7) << name;
        }
        for (const char* name : {"utf8", "ascii", "fixed"}) {
            EXPECT_EQ(attributes.get<std::string>(name), "text") << name;
            expect_error(ErrorCode::type_mismatch, name, [&] { attributes.get<int>(name); });
        }
        expect_error(ErrorCode::type_mismatch, "", [&] { attributes.get<std::string>("u8"); });
    }
}

// All take 8 bytes, and each is read often enough to be remembered.
TEST(AttributeTypes, AreAskedForAgainWhenTheAttributeIsAnotherOne) {
    const File file = File::in_memory();
    const Attributes attributes = file.attributes();
    const Attributes of_group = file.create_group("g").attributes();
    const Attributes same_group = file.group("g").attributes();
    const auto looks = [](const Attributes& where, const std::vector<double>& values) {
        for (int round = 0; round < 4; ++round) {
            EXPECT_EQ(where.read<double>("a").to_vector(), values);
            if (values.size() == 1) {
                EXPECT_EQ(where.get<double>("a"), values[0]);
                where["a"].write(values[0]);
            } else {
                expect_error(ErrorCode::invalid_argument, "", [&] { where.get<double>("a"); });
            }
        }
    };
    for (const Attributes& where : {attributes, of_group}) {
        where["a"] = 1.5;
        looks(where, {1.5});
    }
    of_group["a"].create(NativeType<float>::datatype(), {2}, std::vector{2.5F, 3.5F});
    looks(same_group, {2.5, 3.5});
    looks(attributes, {1.5});
    same_group.remove("a");
    expect_error(ErrorCode::not_found, "'a'", [&] { of_group.get<double>("a"); });
    same_group["a"].create(NativeType<std::int16_t>::datatype(), {4}, std::vector{1, 2, 3, 4});
    looks(of_group, {1, 2, 3, 4});
    of_group["b"].create(NativeType<std::int64_t>::datatype(), {}, 9);
    of_group.remove("a");
    of_group.rename("b", "a");
    looks(same_group, {9});
    {
        const native::Lock lock;
        native::function<int(native::Id, const char*)>("H5Adelete")(native::id(file), "a");
    }
    of_group["unlike"] = 1;
    attributes["a"].create(NativeType<float>::datatype(), {2, 1}, std::vector{4.5F, 5.5F});
    looks(attributes, {4.5, 5.5});
    attributes["a"] = Empty{NativeType<int>::datatype()};
    EXPECT_TRUE(attributes["a"].is_null());
    expect_error(ErrorCode::invalid_argument, "null", [&] { attributes.get<double>("a"); });
}

TEST(AttributeTypes, AreKeptWithoutTheirFile) {
    const ScratchPath path("kept_types.h5");
    for (int round = 0; round < 3; ++round) {
        const File file(path, Mode::create);  // refused while something holds the one before
        file.attributes()["texts"] = std::vector<std::string>{"a", "bc"};
        file.attributes()["number"] = round;
        file.attributes()["lists"].create(
            Datatype::vlen(NativeType<int>::datatype()), {}, std::vector<std::vector<int>>{{1, 2}});
        EXPECT_EQ(file.attributes().read<std::string>("texts")[1], "bc");
        EXPECT_EQ(file.attributes().get<int>("number"), round);
        EXPECT_EQ(file.attributes().read<std::vector<int>>("lists")[0].size(), 2U);
    }
}

TEST(AssignedAttributes, KeepTheirPlaceWhereTypeAndShapeAreTheSame) {
    const File file = File::in_memory({.track_order = true});
    const Attributes attributes = file.attributes();
    attributes["first"] = 1;
    attributes["second"] = {1.5, 2.5};
    attributes["third"] = 3;
    attributes["first"] = 4;
    attributes["second"] = {3.5, 4.5};
    EXPECT_EQ(attributes.names(), (std::vector<std::string>{"first", "second", "third"}));
    EXPECT_EQ(attributes.get<int>("first"), 4);
    EXPECT_EQ(attributes.read<double>("second")[1], 4.5);
    attributes["first"] = 4.5;
    EXPECT_EQ(attributes["first"].datatype(), NativeType<double>::datatype());
    attributes["second"] = {1.0, 2.0, 3.0};
    EXPECT_EQ(attributes["second"].shape(), (Shape{3}));
    attributes["third"] = Empty{NativeType<int>::datatype()};
    attributes["third"] = 5;
    EXPECT_EQ(attributes.get<int>("third"), 5);
    attributes["rows"] = {{1, 2}, {3, 4}, {5, 6}};
    EXPECT_EQ(attributes["rows"].shape(), (Shape{3, 2}));
}

}  // namespace
}  // namespace hyperslab
