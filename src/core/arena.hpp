// Memory for many small things that go together.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace hyperslab::core {

class Arena {
public:
    /// Memory that is not initialised, aligned for anything; it stays until the arena goes.
    /// \throws std::bad_alloc
    std::byte* allocate(std::size_t size);

private:
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::byte* free_from_ = nullptr;
    std::size_t free_bytes_ = 0;
};

}  // namespace hyperslab::core
