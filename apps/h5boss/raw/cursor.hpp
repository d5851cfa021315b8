// Numbers and texts out of the bytes of a file of HDF5, which may hold anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hyperslab::apps::h5boss::raw {

using Bytes = std::vector<std::byte>;

/// HDF5's address of nothing.
inline constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

/// Something that this code does not know, or that is damaged: HDF5 has to look at it.
class Refusal : public std::exception {
public:
    const char* what() const noexcept override { return "left to HDF5"; }
};

/// Goes through bytes from the front.
class Cursor {
public:
    explicit Cursor(std::span<const std::byte> bytes, std::size_t at = 0) : bytes_(bytes) {
        skip(at);
    }

    std::size_t at() const { return at_; }
    std::size_t left() const { return bytes_.size() - at_; }

    /// \throws Refusal when there are fewer bytes; so do all others
    std::span<const std::byte> take(std::size_t count) {
        if (count > left()) {
            throw Refusal();
        }
        at_ += count;
        return bytes_.subspan(at_ - count, count);
    }
    void skip(std::size_t count) { take(count); }

    /// A number of up to eight bytes, the lowest first.
    std::uint64_t number(std::size_t width) {
        std::uint64_t value = 0;
        std::size_t shift = 0;
        for (const std::byte one : take(width)) {
            value |= static_cast<std::uint64_t>(one) << shift;
            shift += 8;
        }
        return value;
    }
    std::uint64_t address() { return number(8); }
    std::string text(std::size_t count) {
        const auto bytes = take(count);
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    /// Requires these bytes.
    void expect(std::string_view signature) {
        if (text(signature.size()) != signature) {
            throw Refusal();
        }
    }
    /// Requires a number.
    void expect(std::uint64_t value, std::size_t width) {
        if (number(width) != value) {
            throw Refusal();
        }
    }

private:
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
};

/// Adds a number, the lowest byte first.
inline void put(Bytes& bytes, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
        bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
}

/// Writes a number over bytes that are there.
inline void put_at(Bytes& bytes, std::size_t at, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
        bytes[at + i] = static_cast<std::byte>(value >> (8 * i));
    }
}

inline void put(Bytes& bytes, std::string_view text) {
    const auto* const first = reinterpret_cast<const std::byte*>(text.data());
    bytes.insert(bytes.end(), first, first + text.size());
}

}  // namespace hyperslab::apps::h5boss::raw
