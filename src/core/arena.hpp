// Memory for many small objects that are freed together.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace hyperslab::core {

class Arena {
public:
    /// Returns memory that is not initialised and is aligned for any type. It lives as long as the
    /// arena.
    /// \throws std::bad_alloc
    std::byte* allocate(std::size_t size);

private:
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::byte* free_from_ = nullptr;
    std::size_t free_bytes_ = 0;
};

}  // namespace hyperslab::core
