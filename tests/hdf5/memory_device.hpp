// A byte device in memory that can be told to fail.
#pragma once

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <vector>

#include "hdf5/drivers/byte_device.hpp"

namespace hyperslab::hdf5 {

struct DeviceBroken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class MemoryDevice : public ByteDevice {
public:
    static constexpr int kNever = std::numeric_limits<int>::max();

    std::vector<std::byte> bytes{};
    int operations = 0;  // so far
    int fails_from = kNever;
    int fails_until = kNever;
    bool reading_fails = false;  // too, not only what changes the device
    int failures = 0;

    void works_again() { fails_from = kNever; }

    std::uint64_t size() override { return bytes.size(); }

    void read(std::uint64_t offset, std::span<std::byte> into) override {
        if (reading_fails) {
            count_operation("read");
        }
        std::ranges::fill(into, std::byte{});
        if (offset < bytes.size()) {
            std::memcpy(into.data(),
                        bytes.data() + offset,
                        std::min<std::size_t>(into.size(), bytes.size() - offset));
        }
    }

    void write(std::uint64_t offset, std::span<const std::byte> from) override {
        count_operation("write");
        bytes.resize(std::max<std::size_t>(bytes.size(), offset + from.size()));
        std::memcpy(bytes.data() + offset, from.data(), from.size());
    }

    void truncate(std::uint64_t size) override {
        count_operation("truncate");
        bytes.resize(size);
    }

    void flush() override { count_operation("flush"); }

private:
    void count_operation(const char* what) {
        const int number = operations++;
        if (number >= fails_from && number < fails_until) {
            ++failures;
            throw DeviceBroken(what);
        }
    }
};

}  // namespace hyperslab::hdf5
