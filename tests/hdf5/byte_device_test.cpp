// Files on byte devices: a working one, and ones that fail at every possible moment.

#include "hdf5/drivers/byte_device.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <numeric>
#include <string>
#include <vector>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/memory_device.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

using DevicePointer = std::shared_ptr<MemoryDevice>;

Handle access_list(const DevicePointer& device) {
    Handle fapl = h5p::create(h5p::ListClass::file_access);
    h5p::set_device_driver(fapl.id(), device);
    return fapl;
}

Handle create_file(const DevicePointer& device) {
    return h5f::create("device", h5f::kTruncate, kDefault, access_list(device).id());
}

Handle open_file(const DevicePointer& device, unsigned flags = h5f::kReadOnly) {
    return h5f::open("device", flags, access_list(device).id());
}

std::vector<int> numbers(std::size_t count) {
    std::vector<int> values(count);
    std::iota(values.begin(), values.end(), 0);
    return values;
}

constexpr std::uint64_t kCount = 2000;

void write_dataset(Id file, const std::string& name, bool chunked) {
    Handle dcpl = h5p::create(h5p::ListClass::dataset_create);
    if (chunked) {
        h5p::set_chunk(dcpl.id(), {300});
        h5p::set_filter(dcpl.id(), deflate(1));
    }
    const Handle space = h5s::create_simple({kCount});
    const Id type = H5T_NATIVE_INT;
    const Handle dataset =
        h5d::create(file, name.c_str(), type, space.id(), kDefault, dcpl.id(), kDefault);
    h5d::write(dataset.id(), {.memory_type = type}, numbers(kCount).data());
}

void expect_dataset(Id file, const std::string& name) {
    const Handle dataset = h5d::open(file, name);
    std::vector<int> values(kCount);
    h5d::read(dataset.id(), {.memory_type = H5T_NATIVE_INT}, values.data());
    EXPECT_EQ(values, numbers(kCount)) << name;
}

TEST(ByteDevice, AFileRoundTrips) {
    const auto device = std::make_shared<MemoryDevice>();
    Handle file = create_file(device);
    write_dataset(file.id(), "plain", false);
    write_dataset(file.id(), "chunked", true);
    file.close();

    file = open_file(device);
    expect_dataset(file.id(), "plain");
    expect_dataset(file.id(), "chunked");
}

TEST(ByteDevice, TheFileLivesAsLongAsTheDevice) {
    const auto device = std::make_shared<MemoryDevice>();
    Handle file = create_file(device);
    EXPECT_GT(device.use_count(), 1);
    file.close();
    EXPECT_EQ(device.use_count(), 1);
}

TEST(ByteDevice, TruncatingEmptiesIt) {
    const auto device = std::make_shared<MemoryDevice>();
    Handle file = create_file(device);
    write_dataset(file.id(), "old", false);
    file.close();
    file = create_file(device);
    EXPECT_THROW(h5d::open(file.id(), "old"), Error);
}

TEST(ByteDevice, CreatingExclusivelyNeedsAnEmptyOne) {
    const auto device = std::make_shared<MemoryDevice>();
    device->bytes.resize(10);
    try {
        h5f::create("device", h5f::kExclusive, kDefault, access_list(device).id());
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::io);
        EXPECT_EQ(error.system_errno(), EEXIST);
    }
    EXPECT_EQ(device->bytes.size(), 10u);
}

TEST(ByteDevice, TheSameDeviceTwiceIsOneFile) {
    const auto device = std::make_shared<MemoryDevice>();
    const Handle file = create_file(device);
    const Handle again = open_file(device, h5f::kReadWrite);
    write_dataset(file.id(), "shared", false);
    expect_dataset(again.id(), "shared");
}

TEST(ByteDevice, ReadingAFailingDeviceThrowsWhatItThrew) {
    const auto device = std::make_shared<MemoryDevice>();
    Handle file = create_file(device);
    write_dataset(file.id(), "data", false);
    file.close();

    file = open_file(device);
    const Handle dataset = h5d::open(file.id(), "data");
    device->reading_fails = true;
    device->fails_from = 0;
    std::vector<int> values(kCount);
    EXPECT_THROW(h5d::read(dataset.id(), {.memory_type = H5T_NATIVE_INT}, values.data()),
                 DeviceBroken);
    device->works_again();
    expect_dataset(file.id(), "data");
}

TEST(ByteDevice, RawDataThatAreRefusedAreToldAtOnce) {
    const auto device = std::make_shared<MemoryDevice>();
    Handle file = create_file(device);
    device->fails_from = 0;
    EXPECT_THROW(write_dataset(file.id(), "data", false), DeviceBroken);
    EXPECT_THROW(h5f::flush(file.id()), DeviceBroken);
    device->works_again();
    file.close();
}

std::size_t open_objects() {
    return h5f::object_count(static_cast<Id>(H5F_OBJ_ALL), h5f::kObjectAll);
}

TEST(ByteDevice, ClosingAFileThatCannotBeWrittenThrowsAndLeavesNothingOpen) {
    const std::size_t open_before = open_objects();
    const auto device = std::make_shared<MemoryDevice>();
    Handle file = create_file(device);
    h5g::create(file.id(), "group");
    device->fails_from = 0;
    EXPECT_THROW(file.close(), DeviceBroken);
    EXPECT_EQ(device.use_count(), 1);
    EXPECT_EQ(open_objects(), open_before);
}

// ---- a device that fails at the n-th operation, once or from then on ----

struct Outcome {
    int operations = 0;
    int failures = 0;
    bool told = false;
    int consequences = 0;                // steps that HDF5 could not do after a failure
    std::vector<std::string> written{};  // datasets, as far as the program knows
};

// Runs a step and says whether it worked. A failure of the device is something to be told, another
// Error is a consequence.
template <class Step>
bool attempt(Outcome& outcome, Step&& step) {
    try {
        step();
        return true;
    } catch (const DeviceBroken&) {
        outcome.told = true;
    } catch (const Error&) {
        ++outcome.consequences;
    }
    return false;
}

// What programs do with files, all of it although some of it fails.
Outcome use(const DevicePointer& device, bool latest_format) {
    Outcome outcome;
    Handle fapl = access_list(device);
    if (latest_format) {
        h5p::set_libver_bounds(fapl.id(), h5p::latest_libver(), h5p::latest_libver());
    }
    Handle file;
    attempt(outcome, [&] { file = h5f::create("device", h5f::kTruncate, kDefault, fapl.id()); });
    std::vector<Handle> open_ones;
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) {
        attempt(outcome, [&] { open_ones.push_back(h5g::create(file.id(), name)); });
    }
    for (const std::string name : {"one", "two", "three", "four", "five", "six"}) {
        const bool chunked = name.size() == 3;
        if (attempt(outcome, [&] { write_dataset(file.id(), name, chunked); })) {
            outcome.written.push_back(name);
        }
    }
    attempt(outcome, [&] { h5f::flush(file.id()); });
    attempt(outcome, [&] { open_ones.push_back(h5d::open(file.id(), "two")); });
    attempt(outcome, [&] { h5l::remove(file.id(), "a"); });
    attempt(outcome, [&] { h5f::flush(file.id()); });
    attempt(outcome, [&] { file.close(); });
    for (Handle& handle : open_ones) {
        attempt(outcome, [&] { handle.close(); });
    }
    outcome.operations = device->operations;
    outcome.failures = device->failures;
    return outcome;
}

struct FailingDevice : testing::TestWithParam<std::tuple<bool, bool>> {
    bool latest_format() const { return std::get<0>(GetParam()); }
    bool reading_fails() const { return std::get<1>(GetParam()); }

    DevicePointer device() const {
        auto made = std::make_shared<MemoryDevice>();
        made->reading_fails = reading_fails();
        return made;
    }

    int operations() const { return use(device(), latest_format()).operations; }

    void expect_nothing_open(const DevicePointer& used, int n) const {
        EXPECT_EQ(used.use_count(), 1) << "the file is still open; operation " << n;
        EXPECT_EQ(open_objects(), open_before_) << "operation " << n;
    }

private:
    std::size_t open_before_ = open_objects();
};

TEST_P(FailingDevice, FromAnyMomentOnIsToldAndLeavesNothingOpen) {
    const int count = operations();
    for (int n = 0; n < count; ++n) {
        const DevicePointer failing = device();
        failing->fails_from = n;
        const Outcome outcome = use(failing, latest_format());
        EXPECT_TRUE(outcome.told || outcome.failures == 0) << "silent; operation " << n;
        expect_nothing_open(failing, n);
    }
}

TEST_P(FailingDevice, OnceLeavesAWholeFile) {
    const int count = operations();
    for (int n = 0; n < count; ++n) {
        const DevicePointer failing = device();
        failing->fails_from = n;
        failing->fails_until = n + 1;
        const Outcome outcome = use(failing, latest_format());
        expect_nothing_open(failing, n);

        failing->works_again();
        Handle file;
        ASSERT_NO_THROW(file = open_file(failing)) << n;
        for (const std::string& name : outcome.written) {
            EXPECT_NO_THROW(expect_dataset(file.id(), name)) << name << " " << n;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(AnyFormat,
                         FailingDevice,
                         testing::Combine(testing::Bool(), testing::Bool()));

}  // namespace
}  // namespace hyperslab::hdf5
