// Fills memory with the value of elements that were never written.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>

namespace hyperslab::engine {

class ElementFill {
public:
    /// \param value  one element
    explicit ElementFill(std::span<const std::byte> value)
        : value_(value),
          is_zero_(std::ranges::all_of(value, [](std::byte b) { return b == std::byte{0}; })) {}

    bool is_zero() const { return is_zero_; }

    /// \param memory  memory of whole elements
    void operator()(std::span<std::byte> memory) const {
        if (is_zero_) {
            std::memset(memory.data(), 0, memory.size());
            return;
        }
        for (std::size_t at = 0; at < memory.size(); at += value_.size()) {
            std::memcpy(memory.data() + at, value_.data(), value_.size());
        }
    }

private:
    std::span<const std::byte> value_;
    bool is_zero_;
};

}  // namespace hyperslab::engine
