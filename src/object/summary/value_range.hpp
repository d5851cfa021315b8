// The minimum and the maximum of values that lie in memory.
//
// It knows how elements lie there and how they compare, and nothing of files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hyperslab/datatype.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::object {

/// A bound; std::monostate when there is no value.
using Bound = std::variant<std::monostate, std::int64_t, std::uint64_t, double, std::string>;

struct ValueRange {
    Bound least{};
    Bound most{};
    bool has_nan = false;
    bool is_known = true;  ///< whether the bounds hold; a string may be none that a text can have
};

/// How values are compared.
enum class ValueKind { i8, i16, i32, i64, u8, u16, u32, u64, half, f32, f64, text };

/// The kind of a type in memory; an empty optional when its values have no order here.
std::optional<ValueKind> value_kind(const Datatype& type);

/// Some values: a box in a block of elements in C order.
struct ValueBox {
    const std::byte* first = nullptr;  ///< the value in the block's first element
    std::size_t element_size = 0;      ///< of the elements that the values are parts of
    const Shape& block;                ///< of the elements
    Shape start{};
    Shape length{};
};

/// \param type  of a value
ValueRange range_of(ValueKind kind, const Datatype& type, const ValueBox& box);

}  // namespace hyperslab::object
