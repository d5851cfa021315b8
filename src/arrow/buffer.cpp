#include "arrow/buffer.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>

#include "core/large_pages.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::arrow {
namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kMaximum = std::numeric_limits<std::size_t>::max() / 2 - kAlignment;

[[noreturn]] void refuse(std::size_t bytes) {
    throw Error(ErrorCode::out_of_memory,
                "there is no memory for " + std::to_string(bytes) + " bytes of an Arrow array");
}

}  // namespace

Buffer::~Buffer() { std::free(data_); }

std::byte* Buffer::grow(std::size_t bytes) {
    const std::size_t first = size_;
    if (bytes > capacity_ - size_ || data_ == nullptr) {
        if (bytes > kMaximum - size_) {
            refuse(bytes);
        }
        // The first size is exact: it is often the whole.
        allocate(std::max(size_ + bytes, data_ == nullptr ? 1 : 2 * capacity_));
    }
    size_ += bytes;
    return data_ + first;
}

void Buffer::reserve(std::size_t bytes) {
    if (bytes > capacity_) {
        if (bytes > kMaximum) {
            refuse(bytes);
        }
        allocate(bytes);
    }
}

void Buffer::allocate(std::size_t bytes) {
    const std::size_t capacity = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    auto* const fresh = static_cast<std::byte*>(std::aligned_alloc(kAlignment, capacity));
    if (fresh == nullptr) {
        refuse(capacity);
    }
    core::prefer_large_pages(fresh, capacity);
    if (size_ != 0) {
        std::memcpy(fresh, data_, size_);
    }
    std::free(data_);
    data_ = fresh;
    capacity_ = capacity;
}

}  // namespace hyperslab::arrow
