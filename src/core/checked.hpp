// Arithmetic on sizes that come from files or callers.
//
// A size read from a damaged file may be anything. Whatever allocates or addresses multiplies and
// adds through these, which throw instead of wrapping around.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hyperslab::core {

/// \throws Error (invalid_argument) when the result does not fit
std::uint64_t checked_multiply(std::uint64_t a, std::uint64_t b);
std::uint64_t checked_add(std::uint64_t a, std::uint64_t b);

/// The product of all values; 1 when there are no values.
std::uint64_t checked_product(std::span<const std::uint64_t> values);

/// The value as a size in memory.
std::size_t checked_size(std::uint64_t value);

}  // namespace hyperslab::core
