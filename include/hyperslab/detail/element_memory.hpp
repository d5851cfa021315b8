// Memory for what elements of variable length point to while they are written.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace hyperslab::detail {

class ElementMemory {
public:
    /// Returns zeroed bytes, aligned for any type. They live as long as this object.
    std::byte* allocate(std::size_t bytes) {
        // new[] of bytes is aligned for any fundamental type.
        blocks_.push_back(std::make_unique<std::byte[]>(bytes == 0 ? 1 : bytes));
        return blocks_.back().get();
    }

private:
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

}  // namespace hyperslab::detail
