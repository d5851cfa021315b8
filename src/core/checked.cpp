#include "core/checked.hpp"

#include <limits>
#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::core {
namespace {

[[noreturn]] void throw_too_large(std::uint64_t a, char operation, std::uint64_t b) {
    throw Error(
        ErrorCode::invalid_argument,
        "Size is too large: " + std::to_string(a) + " " + operation + " " + std::to_string(b));
}

}  // namespace

std::uint64_t checked_multiply(std::uint64_t a, std::uint64_t b) {
    std::uint64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result)) {
        throw_too_large(a, '*', b);
    }
    return result;
}

std::uint64_t checked_add(std::uint64_t a, std::uint64_t b) {
    std::uint64_t result = 0;
    if (__builtin_add_overflow(a, b, &result)) {
        throw_too_large(a, '+', b);
    }
    return result;
}

std::uint64_t checked_product(std::span<const std::uint64_t> values) {
    // A zero makes the product zero, however large the other factors are.
    for (const std::uint64_t value : values) {
        if (value == 0) {
            return 0;
        }
    }
    std::uint64_t product = 1;
    for (const std::uint64_t value : values) {
        product = checked_multiply(product, value);
    }
    return product;
}

std::size_t checked_size(std::uint64_t value) {
    if (value > std::numeric_limits<std::ptrdiff_t>::max()) {
        throw Error(ErrorCode::out_of_memory,
                    "Cannot allocate " + std::to_string(value) + " bytes");
    }
    return static_cast<std::size_t>(value);
}

}  // namespace hyperslab::core
