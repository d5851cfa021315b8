#include "core/arena.hpp"

#include <algorithm>
#include <new>

namespace hyperslab::core {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 18;
constexpr std::size_t kAlignment = alignof(std::max_align_t);

}  // namespace

std::byte* Arena::allocate(std::size_t size) {
    const std::size_t rounded = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (rounded < size) {
        throw std::bad_alloc();
    }
    if (rounded > free_bytes_) {
        const std::size_t bytes = std::max(rounded, kBlockBytes);
        blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
        free_from_ = blocks_.back().get();
        free_bytes_ = bytes;
    }
    std::byte* const memory = free_from_;
    free_from_ += rounded;
    free_bytes_ -= rounded;
    return memory;
}

}  // namespace hyperslab::core
