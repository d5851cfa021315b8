// FixedString: text of at most N bytes, stored in the element itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace hyperslab {

/// A fixed-length string as HDF5 has it, padded with zeros; UTF-8 in new datasets.
template <std::size_t N>
class FixedString {
public:
    constexpr FixedString() = default;

    /// What is longer than N bytes is cut.
    constexpr FixedString(std::string_view text) {  // implicit, so that texts are values
        std::copy_n(text.begin(), std::min(text.size(), N), bytes_.begin());
    }
    constexpr FixedString(const char* text) : FixedString(std::string_view(text)) {}
    FixedString(const std::string& text) : FixedString(std::string_view(text)) {}

    /// The text without its padding.
    constexpr std::string_view view() const {
        const auto end = std::find(bytes_.begin(), bytes_.end(), '\0');
        return {bytes_.data(), static_cast<std::size_t>(end - bytes_.begin())};
    }
    std::string string() const { return std::string(view()); }

    static constexpr std::size_t capacity() { return N; }

    friend constexpr bool operator==(const FixedString&, const FixedString&) = default;

private:
    static_assert(N > 0, "HDF5 has no strings of no bytes");
    std::array<char, N> bytes_{};
};

}  // namespace hyperslab
