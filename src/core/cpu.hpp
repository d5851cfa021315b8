// Which of this processor's instructions the inner loops use.
//
// Loops that gain by it are compiled once for each set, and choose one when they run. This file
// alone says which one. A test, or somebody who looks for a fault, can limit the choice.
#pragma once

#include <string_view>
#include <vector>

namespace hyperslab::core {

/// The sets of instructions; each contains those before it.
enum class InstructionSet : unsigned char {
    baseline,  ///< what every processor of the kind has: SSE2, or NEON
    avx2,      ///< with F16C
    avx512,    ///< F, BW, DQ and VL
};

/// The set that loops use: the best that the processor has, unless the environment variable
/// HYPERSLAB_SIMD or limit_instruction_set() ask for less.
InstructionSet instruction_set();

/// All sets that this processor has, from the smallest to the largest.
std::vector<InstructionSet> instruction_sets();

/// Limits the choice to this set from now on. Loops that have chosen keep their choice.
void limit_instruction_set(InstructionSet most);

/// The name of a set in HYPERSLAB_SIMD: "baseline", "avx2" or "avx512".
std::string_view name_of(InstructionSet set);

}  // namespace hyperslab::core
