// Pages of memory that are larger than usual, for blocks that are filled once.
#pragma once

#include <cstddef>

namespace hyperslab::core {

/// Asks for large pages for a block of some megabytes, because filling pages of the usual size
/// costs more than reading what fills them. It is only a wish, which may fail without harm.
void prefer_large_pages(void* memory, std::size_t size);

}  // namespace hyperslab::core
