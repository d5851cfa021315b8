// Which of this processor's instructions the inner loops use.
//
// Loops that gain by it are compiled once for each set and choose when they run; this is the one
// place that says which. A test, or who looks for a fault, can have it say less.
#pragma once

#include <string_view>
#include <vector>

namespace hyperslab::core {

/// Each contains those before it.
enum class InstructionSet : unsigned char {
    baseline,  ///< what every processor of the kind has: SSE2, or NEON
    avx2,      ///< with F16C
    avx512,    ///< F, BW, DQ and VL
};

/// What is used: the best there is, unless the environment variable HYPERSLAB_SIMD or
/// limit_instruction_set() ask for less.
InstructionSet instruction_set();

/// All that this processor has, the least first.
std::vector<InstructionSet> instruction_sets();

/// Nothing better than this from now on; what was chosen before stays.
void limit_instruction_set(InstructionSet most);

/// As HYPERSLAB_SIMD says it: "baseline", "avx2", "avx512".
std::string_view name_of(InstructionSet set);

}  // namespace hyperslab::core
