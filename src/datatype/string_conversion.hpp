// Converts strings of fixed size to strings of another size or padding, as libhdf5 does.
#pragma once

#include <cstddef>
#include <optional>

#include "hyperslab/datatype.hpp"

namespace hyperslab::datatype {

class StringConversion {
public:
    /// The conversion between two string types. It is an empty optional for other types and between
    /// character sets.
    static std::optional<StringConversion> between(const Datatype& from, const Datatype& to);

    /// Converts `count` strings that lie side by side.
    void operator()(const std::byte* from, std::byte* to, std::size_t count) const;

private:
    StringConversion(const Datatype& from, const Datatype& to);

    std::size_t length(const std::byte* string) const;
    std::size_t length_without(const std::byte* string, std::byte padding) const;

    std::size_t from_size_;
    std::size_t to_size_;
    StringPadding from_padding_;
    StringPadding to_padding_;
    bool keeps_nul_;
};

}  // namespace hyperslab::datatype
