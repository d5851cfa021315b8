// Elements in memory, as libhdf5 has them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

#include "core/checked.hpp"

namespace hyperslab::object {

/// A block of elements, which are all zero at first, so that elements that a read leaves out point
/// to nothing.
class ElementBuffer {
public:
    ElementBuffer(std::uint64_t count, std::size_t element_size)
        : size_(core::checked_size(core::checked_multiply(count, element_size))),
          bytes_(static_cast<std::byte*>(std::calloc(std::max<std::size_t>(size_, 1), 1))) {
        if (bytes_ == nullptr) {
            throw std::bad_alloc();
        }
    }

    std::byte* data() { return bytes_.get(); }
    const std::byte* data() const { return bytes_.get(); }
    std::span<const std::byte> bytes() const { return {bytes_.get(), size_}; }

private:
    struct Free {
        void operator()(std::byte* memory) const { std::free(memory); }
    };

    std::size_t size_;
    std::unique_ptr<std::byte, Free> bytes_;
};

}  // namespace hyperslab::object
