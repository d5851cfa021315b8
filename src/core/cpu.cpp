#include "core/cpu.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>

namespace hyperslab::core {
namespace {

InstructionSet best() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") == 0 || __builtin_cpu_supports("f16c") == 0) {
        return InstructionSet::baseline;
    }
    const bool wide =
        __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
        __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    return wide ? InstructionSet::avx512 : InstructionSet::avx2;
#else
    return InstructionSet::baseline;
#endif
}

InstructionSet wanted_by_environment() {
    const char* const text = std::getenv("HYPERSLAB_SIMD");
    for (const InstructionSet set : {InstructionSet::baseline, InstructionSet::avx2}) {
        if (text != nullptr && text == name_of(set)) {
            return set;
        }
    }
    return InstructionSet::avx512;
}

std::atomic<InstructionSet> chosen{std::min(best(), wanted_by_environment())};

}  // namespace

InstructionSet instruction_set() { return chosen.load(std::memory_order_relaxed); }

std::vector<InstructionSet> instruction_sets() {
    std::vector<InstructionSet> sets;
    for (const InstructionSet set :
         {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
        if (set <= best()) {
            sets.push_back(set);
        }
    }
    return sets;
}

void limit_instruction_set(InstructionSet most) { chosen = std::min(best(), most); }

std::string_view name_of(InstructionSet set) {
    switch (set) {
        case InstructionSet::baseline:
            return "baseline";
        case InstructionSet::avx2:
            return "avx2";
        case InstructionSet::avx512:
            break;
    }
    return "avx512";
}

}  // namespace hyperslab::core
