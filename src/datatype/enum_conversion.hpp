// Converts enumerations to enumerations, by the names of their values.
//
// A value becomes the value of that name in the other type, as HDF5's documentation says; HDF5
// 1.14's own conversion confuses the numbers. Where every member of one type is in the other with
// the same number, all numbers stay, even those without a name: libhdf5 takes such types for equal
// when they have one layout, and nothing can change that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "hyperslab/datatype.hpp"

namespace hyperslab::datatype {

class EnumConversion {
public:
    /// The conversion between two enumerations. It is an empty optional for other types, for equal
    /// types, and for integers of more than 64 bits.
    static std::optional<EnumConversion> between(const Datatype& from, const Datatype& to);

    std::size_t from_size() const { return from_.size(); }
    std::size_t to_size() const { return to_.size(); }

    /// Converts one value; source and target may overlap.
    /// \throws Error (type_mismatch) for a value that the other type lacks
    void convert(const std::byte* from, std::byte* to) const;

    /// Converts `count` values that lie side by side; the blocks do not overlap.
    /// \throws Error (type_mismatch) for a value that the other type lacks
    void operator()(const std::byte* from, std::byte* to, std::size_t count) const;

private:
    struct Pair {
        std::int64_t from;
        std::int64_t to;
    };

    EnumConversion(const Datatype& from, const Datatype& to);

    std::int64_t converted(std::int64_t value) const;
    bool is_kept(std::int64_t value) const;
    [[noreturn]] void throw_lacking(std::int64_t value) const;

    Datatype from_;
    Datatype to_;
    bool same_numbers_ = true;
    std::vector<Pair> pairs_;  // sorted by `from`
};

}  // namespace hyperslab::datatype
