// Datatypes by identifier: what has logic of its own.

#include "hdf5/types/h5t.hpp"

#include <gtest/gtest.h>

#include <set>

#include "hdf5/api/h5r.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"
#include "scratch_file.hpp"

namespace hyperslab::hdf5::h5t {
namespace {

TEST(PredefinedTypes, AreDistinctAndUsable) {
    std::set<std::string> names;
    for (const PredefinedType& type : predefined_types()) {
        EXPECT_TRUE(names.insert(type.name).second) << type.name;
        if (type.id != kInvalidId) {
            EXPECT_GT(size(type.id), 0U) << type.name;
            EXPECT_THROW(set_size(type.id, 3), Error) << type.name << " is not locked";
        }
    }
    EXPECT_EQ(size(predefined_type("IEEE_F128LE")), 16U);
    EXPECT_EQ(order(predefined_type("LDOUBLE_BE")), Order::big);
    EXPECT_EQ(tag(predefined_type("PYTHON_OBJECT")), "PYTHON:OBJECT");
    EXPECT_THROW(predefined_type("NO_SUCH"), Error);
}

TEST(Encoding, GoesThereAndBack) {
    const Handle record = create(Class::compound, 12);
    insert(record.id(), "x", 0, predefined_type("NATIVE_DOUBLE"));
    insert(record.id(), "n", 8, predefined_type("STD_I32BE"));
    EXPECT_TRUE(equal(decode(encode(record.id())).id(), record.id()));
}

TEST(Encoding, OfSomethingElseIsRefused) {
    const Handle record = create(Class::compound, 12);
    insert(record.id(), "a rather long name", 0, predefined_type("NATIVE_DOUBLE"));
    std::vector<std::byte> bytes = encode(record.id());
    EXPECT_THROW(decode({}), Error);
    for (std::size_t length = 1; length + 8 < bytes.size(); length += 5) {
        EXPECT_THROW(decode(std::span(bytes).first(length)), Error) << length;
    }
}

TEST(Enumerations, ConvertTheirValues) {
    const Handle type = enum_create(predefined_type("STD_U8BE"));
    enum_insert(type.id(), "one", 1);
    enum_insert(type.id(), "most", 1000);  // clipped to what a byte can hold
    EXPECT_EQ(enum_value_of(type.id(), "most"), 255);
    EXPECT_EQ(enum_name_of(type.id(), 1), "one");
    EXPECT_EQ(member_value(type.id(), 1), 255);
    EXPECT_EQ(member_index(type.id(), "most"), 1U);
    EXPECT_THROW(enum_name_of(type.id(), 7), Error);
    EXPECT_THROW(enum_insert(predefined_type("NATIVE_INT8"), "x", 1), Error);
}

TEST(Members, AreCheckedEvenWhereLibhdf5AnswersZero) {
    const Handle record = create(Class::compound, 8);
    insert(record.id(), "x", 4, predefined_type("NATIVE_FLOAT"));
    EXPECT_EQ(member_offset(record.id(), 0), 4U);
    EXPECT_EQ(member_name(record.id(), 0), "x");
    EXPECT_THROW(member_offset(record.id(), 1), Error);
    EXPECT_EQ(exponent_bias(predefined_type("IEEE_F32LE")), 127U);
    EXPECT_THROW(exponent_bias(record.id()), Error);
}

TEST(Conversion, IsFoundOrNot) {
    EXPECT_EQ(find_conversion(predefined_type("NATIVE_INT8"), predefined_type("NATIVE_DOUBLE")),
              Background::no);
    EXPECT_EQ(find_conversion(predefined_type("NATIVE_INT8"), predefined_type("C_S1")),
              std::nullopt);
}

TEST(References, LeadBack) {
    const Handle file = scratch_file();
    const hsize_t dims[] = {4};
    const Handle space(check({}, [&] { return H5Screate_simple(1, dims, nullptr); }));
    const Handle dataset(check({}, [&] {
        return H5Dcreate2(
            file.id(), "d", H5T_NATIVE_INT, space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    }));
    const h5r::Reference object = h5r::create_object(file.id(), "d");
    EXPECT_FALSE(object.null());
    EXPECT_TRUE(h5r::Reference{}.null());
    EXPECT_EQ(h5r::name(object, file.id()), "/d");
    EXPECT_EQ(h5r::object_type(object, file.id()), h5o::Type::dataset);
    EXPECT_EQ(h5o::identity(h5r::dereference(object, file.id()).id()), h5o::identity(dataset.id()));

    const hsize_t start[] = {1};
    const hsize_t count[] = {2};
    check({}, [&] {
        return H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start, nullptr, count, nullptr);
    });
    const h5r::Reference region = h5r::create_region(file.id(), "d", space.id());
    const Handle selected = h5r::region(region, file.id());
    EXPECT_EQ(check({}, [&] { return H5Sget_select_npoints(selected.id()); }), 2);
    EXPECT_THROW(h5r::create_object(file.id(), "missing"), Error);
    EXPECT_EQ(h5r::name(h5r::Reference{}, file.id()), "");
}

}  // namespace
}  // namespace hyperslab::hdf5::h5t
