// What the inner loops are compiled for.
#pragma once

namespace hyperslab::filter {

/// Only tests name one.
enum class Kernel : unsigned char { portable, avx2 };

/// The quickest that this processor has.
inline Kernel best_kernel() {
#if defined(__x86_64__)
    static const Kernel kBest =
        __builtin_cpu_supports("avx2") != 0 ? Kernel::avx2 : Kernel::portable;
    return kBest;
#else
    return Kernel::portable;
#endif
}

}  // namespace hyperslab::filter
