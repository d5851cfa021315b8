// The inner loops of conversions, from numbers side by side to numbers side by side. They are
// compiled for each instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/cpu.hpp"

namespace hyperslab::datatype {

/// The number types of this processor, and halves.
enum class NumberKind : std::uint8_t { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, f16 };
inline constexpr std::size_t kNumberKinds = 11;

/// The rules that number_rules.hpp has under these names.
enum class NumberRule : std::uint8_t { native, bitwise, from_half, towards_half, integer_to_half };

/// Converts `count` numbers. The blocks do not overlap and need no alignment.
using NumberKernel = void (*)(const std::byte* from, std::byte* to, std::size_t count);

/// The kernel that converts between two types by a rule, or null when the rule does not take them.
NumberKernel find_kernel(NumberRule rule, NumberKind from, NumberKind to, core::InstructionSet set);

/// The kernel that reverses the bytes of numbers of 2, 4 or 8 bytes.
NumberKernel find_swap(std::size_t size, core::InstructionSet set);

}  // namespace hyperslab::datatype
