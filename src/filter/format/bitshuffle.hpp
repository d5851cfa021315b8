// Bit shuffle: the lowest bits of all elements, then all second bits, and so on.
#pragma once

#include <cstddef>
#include <span>

#include "core/cpu.hpp"

namespace hyperslab::filter {

/// Takes elements apart, into the rows that bit_unshuffle() describes.
/// \param input  count * element_size bytes; count is a multiple of 8
/// \param output  memory of the length of `input` that does not overlap it
/// \param planes  memory of the length of `input` for the rows on their way
void bit_shuffle(std::span<const std::byte> input,
                 std::size_t element_size,
                 std::span<std::byte> output,
                 std::span<std::byte> planes);

/// The number of elements whose bits fill one byte of a row.
inline constexpr std::size_t kBitshuffleMultiple = 8;

/// The number of elements of a block where a dataset's parameters leave it to the filter.
std::size_t default_bitshuffle_block(std::size_t element_size);

/// Puts elements together again. The input is a row of count / 8 bytes for each bit of an element:
/// byte 0 bit 0 first. In a row the first element's bit is the lowest of the first byte.
/// \param input  count * element_size bytes; count is a multiple of 8
/// \param output  memory of the length of `input` that does not overlap it
/// \param planes  memory of the length of `input` for the rows on their way
void bit_unshuffle(std::span<const std::byte> input,
                   std::size_t element_size,
                   std::span<std::byte> output,
                   std::span<std::byte> planes,
                   core::InstructionSet set = core::instruction_set());

}  // namespace hyperslab::filter
