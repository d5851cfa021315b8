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

    /// A text of more than N bytes is cut.
    constexpr FixedString(std::string_view text) {  // implicit, so that texts are values
        std::copy_n(text.begin(), std::min(text.size(), N), bytes_.begin());
    }
    constexpr FixedString(const char* text) : FixedString(std::string_view(text)) {}
    FixedString(const std::string& text) : FixedString(std::string_view(text)) {}

    /// The text without its padding: a NUL between other characters is one of them.
    constexpr std::string_view view() const {
        const std::string_view padded(bytes_.data(), N);
        return padded.substr(0, padded.find_last_not_of('\0') + 1);
    }
    std::string string() const { return std::string(view()); }

    static constexpr std::size_t capacity() { return N; }

    friend constexpr bool operator==(const FixedString&, const FixedString&) = default;

private:
    static_assert(N > 0, "HDF5 has no strings of no bytes");
    std::array<char, N> bytes_{};
};

}  // namespace hyperslab

template <std::size_t N>
struct std::hash<hyperslab::FixedString<N>> {
    std::size_t operator()(const hyperslab::FixedString<N>& text) const {
        return std::hash<std::string_view>{}(text.view());
    }
};
