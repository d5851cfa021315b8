// Shuffle: the first bytes of all elements, then all second bytes, and so on.
#pragma once

#include <cstddef>
#include <span>

#include "core/cpu.hpp"

namespace hyperslab::filter {

/// Takes the elements apart. Bytes after the last whole element stay where they are.
/// \param output  memory of the length of `input` that does not overlap it
void shuffle(std::span<const std::byte> input,
             std::size_t element_size,
             std::span<std::byte> output);

/// Puts the elements together again. Bytes after the last whole element stay where they are.
/// \param output  memory of the length of `input` that does not overlap it
void unshuffle(std::span<const std::byte> input,
               std::size_t element_size,
               std::span<std::byte> output,
               core::InstructionSet set = core::instruction_set());

}  // namespace hyperslab::filter
