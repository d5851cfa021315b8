// Conversions registered with libhdf5, called as libhdf5 calls them: packed in place, strided
// inside compound types, and in transfers to and from a file.

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "hdf5/api/h5.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/types/h5t.hpp"
#include "hyperslab/error.hpp"
#include "scratch_file.hpp"

namespace hyperslab::hdf5 {
namespace {

class Conversions : public testing::Test {
protected:
    const LockGuard guard_;  // starts the library: H5T_C_S1 and its kin are variables of it
};

Handle fixed_string(std::size_t size) {
    Handle type = h5t::copy(H5T_C_S1);
    h5t::set_size(type.id(), size);
    h5t::set_string_pad(type.id(), h5t::StringPad::null_padded);
    return type;
}

Handle variable_string() {
    Handle type = h5t::copy(H5T_C_S1);
    h5t::set_size(type.id(), h5t::kVariable);
    return type;
}

// ---- strings ----

/// Packed fixed strings to variable ones and what they then say.
std::vector<std::string> to_variable(const std::vector<std::string>& texts, std::size_t size) {
    std::vector<char> buffer(texts.size() * std::max(size, sizeof(char*)));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::memcpy(&buffer[i * size], texts[i].data(), std::min(size, texts[i].size()));
    }
    const Handle variable = variable_string();
    h5t::convert(fixed_string(size).id(), variable.id(), texts.size(), buffer.data());
    std::vector<std::string> result;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        char* text = nullptr;
        std::memcpy(&text, &buffer[i * sizeof(char*)], sizeof text);
        result.emplace_back(text);
    }
    h5t::reclaim(variable.id(), texts.size(), buffer.data());
    return result;
}

TEST_F(Conversions, FixedStringsBecomeVariable) {
    const std::vector<std::string> texts{"a", "", "abc", "xy", "abc"};
    EXPECT_EQ(to_variable(texts, 3), texts);    // elements grow: 3 to 8 bytes
    EXPECT_EQ(to_variable(texts, 8), texts);    // they keep their size
    EXPECT_EQ(to_variable(texts, 100), texts);  // they shrink
}

TEST_F(Conversions, AFullFixedStringHasNoNul) {
    EXPECT_EQ(to_variable({"abcdef", "ghijkl"}, 6), (std::vector<std::string>{"abcdef", "ghijkl"}));
}

/// Packed variable strings to fixed ones, as raw bytes.
std::string to_fixed(const std::vector<const char*>& texts, std::size_t size) {
    std::vector<char> buffer(texts.size() * std::max(size, sizeof(char*)));
    std::memcpy(buffer.data(), texts.data(), texts.size() * sizeof(char*));
    h5t::convert(variable_string().id(), fixed_string(size).id(), texts.size(), buffer.data());
    return {buffer.data(), texts.size() * size};
}

TEST_F(Conversions, VariableStringsBecomeFixed) {
    using namespace std::string_literals;
    EXPECT_EQ(to_fixed({"a", "", "abcd", nullptr}, 3), "a\0\0\0\0\0abc\0\0\0"s);
    EXPECT_EQ(to_fixed({"a", "12345678"}, 8), "a\0\0\0\0\0\0\0"s + "12345678");
    EXPECT_EQ(to_fixed({"first", "second"}, 12), "first\0\0\0\0\0\0\0second\0\0\0\0\0\0"s);
}

TEST_F(Conversions, StringsConvertInsideACompound) {
    // Members are converted with the compound's stride, and sizes that differ.
    struct Fixed {
        char name[20];
        int number;
    };
    struct Variable {
        char* name;
        int number;
    };
    const Handle from = h5t::create(h5t::Class::compound, sizeof(Fixed));
    h5t::insert(from.id(), "name", offsetof(Fixed, name), fixed_string(20).id());
    h5t::insert(from.id(), "number", offsetof(Fixed, number), H5T_NATIVE_INT);
    const Handle to = h5t::create(h5t::Class::compound, sizeof(Variable));
    h5t::insert(to.id(), "name", offsetof(Variable, name), variable_string().id());
    h5t::insert(to.id(), "number", offsetof(Variable, number), H5T_NATIVE_INT);

    std::vector<Fixed> records{{"one", 1}, {"nineteen bytes text", 2}, {"", 3}};
    std::vector<Variable> background(records.size());
    h5t::convert(from.id(), to.id(), records.size(), records.data(), background.data());
    std::vector<Variable> read(records.size());
    std::memcpy(read.data(), records.data(), read.size() * sizeof(Variable));
    EXPECT_STREQ(read[0].name, "one");
    EXPECT_STREQ(read[1].name, "nineteen bytes text");
    EXPECT_STREQ(read[2].name, "");
    EXPECT_EQ(read[1].number, 2);

    std::vector<Fixed> back(records.size());
    std::memcpy(back.data(), read.data(), read.size() * sizeof(Variable));
    std::vector<Fixed> ground(records.size());
    h5t::convert(to.id(), from.id(), back.size(), back.data(), ground.data());
    EXPECT_EQ(std::string(back[1].name), "nineteen bytes text");
    EXPECT_EQ(back[2].number, 3);
    h5t::reclaim(to.id(), read.size(), read.data());  // converting from them did not free them
}

int allocations = 0;
void* count_allocation(size_t size, void*) {
    ++allocations;
    return std::malloc(size);
}
void count_free(void* memory, void*) {
    --allocations;
    std::free(memory);
}

TEST_F(Conversions, StringsLiveWhereTheTransferListSays) {
    const Handle dxpl(check({}, [] { return H5Pcreate(H5P_DATASET_XFER); }));
    check({}, [&] {
        return H5Pset_vlen_mem_manager(dxpl.id(), count_allocation, nullptr, count_free, nullptr);
    });
    char buffer[24] = {'a', 'b', 'c'};
    const Handle variable = variable_string();
    h5t::convert(fixed_string(1).id(), variable.id(), 3, buffer, nullptr, dxpl.id());
    EXPECT_EQ(allocations, 3);
    const hsize_t count = 3;
    const Handle space(check({}, [&] { return H5Screate_simple(1, &count, nullptr); }));
    check({}, [&] { return H5Treclaim(variable.id(), space.id(), dxpl.id(), buffer); });
    EXPECT_EQ(allocations, 0);
}

Handle dataset_of(Id file, const Handle& type, hsize_t count) {
    const Handle space(check({}, [&] { return H5Screate_simple(1, &count, nullptr); }));
    return Handle(check({}, [&] {
        return H5Dcreate2(
            file, "data", type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    }));
}

TEST_F(Conversions, VariableStringsAreWrittenToADatasetOfFixedOnes) {
    const Handle file = scratch_file();
    const Handle dataset = dataset_of(file.id(), fixed_string(4), 3);
    const char* texts[] = {"a", nullptr, "abcdef"};
    check({}, [&] {
        return H5Dwrite(dataset.id(), variable_string().id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts);
    });
    EXPECT_STREQ(texts[2], "abcdef");  // still the caller's
    char read[12];
    check({}, [&] {
        return H5Dread(dataset.id(), fixed_string(4).id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, read);
    });
    EXPECT_EQ(std::string(read, 12), std::string("a\0\0\0\0\0\0\0abcd", 12));
    char* copies[3] = {};
    check({}, [&] {
        return H5Dread(dataset.id(), variable_string().id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, copies);
    });
    EXPECT_STREQ(copies[2], "abcd");
    h5t::reclaim(variable_string().id(), 3, copies);
}

TEST_F(Conversions, FixedStringsAreWrittenToAFilesHeapAndReadFromIt) {
    const Handle file = scratch_file();
    const Handle dataset = dataset_of(file.id(), variable_string(), 3);
    const char fixed[3][8] = {"seven..", "a", ""};
    check({}, [&] {
        return H5Dwrite(dataset.id(), fixed_string(8).id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, fixed);
    });
    char* copies[3] = {};
    check({}, [&] {
        return H5Dread(dataset.id(), variable_string().id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, copies);
    });
    EXPECT_STREQ(copies[0], "seven..");
    EXPECT_STREQ(copies[2], "");
    h5t::reclaim(variable_string().id(), 3, copies);
    char read[3][30] = {};
    check({}, [&] {
        return H5Dread(dataset.id(), fixed_string(30).id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, read);
    });
    EXPECT_STREQ(read[0], "seven..");
    EXPECT_STREQ(read[1], "a");
}

// ---- enumerations ----

Handle colours(Id base) {
    Handle type = h5t::enum_create(base);
    h5t::enum_insert(type.id(), "red", 1);
    h5t::enum_insert(type.id(), "green", 2);
    return type;
}

TEST_F(Conversions, IntegersAndEnumerationsOfEverySizeConvert) {
    // Growing and shrinking, to the other byte order, both ways.
    for (const Id base : {H5T_STD_I8LE, H5T_STD_I16BE, H5T_STD_I32LE, H5T_STD_I64BE}) {
        const Handle type = colours(base);
        std::vector<long long> values{2, 1, 2, 1, 1};
        std::vector<std::byte> buffer(values.size() * 8);
        std::memcpy(buffer.data(), values.data(), buffer.size());
        h5t::convert(H5T_NATIVE_LLONG, type.id(), values.size(), buffer.data());
        EXPECT_EQ(
            std::to_integer<int>(buffer[h5t::size(base) == 1 || base != H5T_STD_I64BE ? 0 : 7]),
            base == H5T_STD_I16BE ? 0 : 2);
        h5t::convert(type.id(), H5T_NATIVE_LLONG, values.size(), buffer.data());
        std::vector<long long> back(values.size());
        std::memcpy(back.data(), buffer.data(), buffer.size());
        EXPECT_EQ(back, values);
    }
}

TEST_F(Conversions, IntegersBecomeEnumerationsInsideACompound) {
    struct Plain {
        std::int64_t colour;
        double weight;
    };
    struct Named {
        std::int16_t colour;
        double weight;
    };
    const Handle named_colour = colours(H5T_NATIVE_INT16);
    const Handle from = h5t::create(h5t::Class::compound, sizeof(Plain));
    h5t::insert(from.id(), "colour", offsetof(Plain, colour), H5T_NATIVE_INT64);
    h5t::insert(from.id(), "weight", offsetof(Plain, weight), H5T_NATIVE_DOUBLE);
    const Handle to = h5t::create(h5t::Class::compound, sizeof(Named));
    h5t::insert(to.id(), "colour", offsetof(Named, colour), named_colour.id());
    h5t::insert(to.id(), "weight", offsetof(Named, weight), H5T_NATIVE_DOUBLE);
    std::vector<Plain> records{{1, 0.5}, {2, 1.5}, {1, 2.5}};
    std::vector<Named> background(records.size());
    h5t::convert(from.id(), to.id(), records.size(), records.data(), background.data());
    std::vector<Named> read(records.size());
    std::memcpy(read.data(), records.data(), read.size() * sizeof(Named));
    EXPECT_EQ(read[1].colour, 2);
    EXPECT_EQ(read[2].colour, 1);
    EXPECT_EQ(read[1].weight, 1.5);
}

TEST_F(Conversions, BooleansAreEightBits) {
    const Handle boolean = h5t::enum_create(H5T_NATIVE_INT8);
    h5t::enum_insert(boolean.id(), "FALSE", 0);
    h5t::enum_insert(boolean.id(), "TRUE", 1);
    char values[] = {0, 1, 1, 0};
    h5t::convert(boolean.id(), H5T_NATIVE_B8, 4, values);
    h5t::convert(H5T_NATIVE_B8, boolean.id(), 4, values);
    EXPECT_EQ(std::string(values, 4), std::string("\0\1\1\0", 4));
}

// ---- bitfields ----

TEST_F(Conversions, BitfieldsAreUnsignedIntegersOfTheirSizeAndOrder) {
    const std::pair<Id, Id> pairs[] = {
        {H5T_STD_U8LE, H5T_STD_B8LE},
        {H5T_STD_U8BE, H5T_STD_B8BE},
        {H5T_STD_U16LE, H5T_STD_B16LE},
        {H5T_STD_U16BE, H5T_STD_B16BE},
        {H5T_STD_U32LE, H5T_STD_B32LE},
        {H5T_STD_U32BE, H5T_STD_B32BE},
        {H5T_STD_U64LE, H5T_STD_B64LE},
        {H5T_STD_U64BE, H5T_STD_B64BE},
    };
    for (const auto& [number, bits] : pairs) {
        std::string bytes = "\x81\x42\xff\x01\x10\x20\x30\x40";
        const std::string before = bytes;
        const std::size_t count = 8 / h5t::size(number);
        h5t::convert(number, bits, count, bytes.data());
        EXPECT_EQ(bytes, before);
        h5t::convert(bits, number, count, bytes.data());
        EXPECT_EQ(bytes, before);
    }
}

// ---- complex numbers ----

TEST_F(Conversions, NativeComplexNumbersAreTheOldCompound) {
#if HYPERSLAB_HAS_HDF5_2
    const Handle compound = h5t::create(h5t::Class::compound, 16);
    h5t::insert(compound.id(), "r", 0, H5T_IEEE_F64LE);
    h5t::insert(compound.id(), "i", 8, H5T_IEEE_F64LE);
    double values[] = {1.0, 2.0, 3.0, 4.0};
    double background[4] = {};
    h5t::convert(H5T_COMPLEX_IEEE_F64LE, compound.id(), 2, values, background);
    h5t::convert(compound.id(), H5T_COMPLEX_IEEE_F64LE, 2, values, background);
    EXPECT_EQ(values[3], 4.0);

    float small[8] = {1.0F, 2.0F, 3.0F, 4.0F};  // room for the result
    h5t::convert(H5T_COMPLEX_IEEE_F32LE, compound.id(), 2, small, background);
    std::memcpy(values, small, sizeof values);
    EXPECT_EQ(values[0], 1.0);
    EXPECT_EQ(values[3], 4.0);
    h5t::convert(compound.id(), H5T_COMPLEX_IEEE_F32BE, 2, values, background);
    h5t::convert(H5T_COMPLEX_IEEE_F32BE, H5T_COMPLEX_IEEE_F64LE, 2, values, background);
    EXPECT_EQ(values[1], 2.0);
    EXPECT_EQ(values[2], 3.0);
#else
    GTEST_SKIP() << "HDF5 before 2.0 has no complex numbers";
#endif
}

}  // namespace
}  // namespace hyperslab::hdf5
