#include "core/large_pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace hyperslab::core {

void prefer_large_pages(void* memory, std::size_t size) {
#if defined(MADV_HUGEPAGE)
    constexpr std::size_t kLarge = 4U << 20;  // bytes, as NumPy has it
    if (size >= kLarge) {
        const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        const auto begin = reinterpret_cast<std::uintptr_t>(memory);
        const std::uintptr_t skipped = (page - begin % page) % page;
        ::madvise(static_cast<std::byte*>(memory) + skipped, size - skipped, MADV_HUGEPAGE);
    }
#else
    static_cast<void>(memory);
    static_cast<void>(size);
#endif
}

}  // namespace hyperslab::core
