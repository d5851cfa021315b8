// Memory for one buffer of an Arrow array: bytes that grow, at the alignment that Arrow recommends.
#pragma once

#include <cstddef>
#include <cstring>
#include <utility>

namespace hyperslab::arrow {

class Buffer {
public:
    Buffer() = default;
    Buffer(Buffer&& other) noexcept { swap(other); }
    Buffer& operator=(Buffer&& other) noexcept {
        Buffer taken(std::move(other));
        swap(taken);
        return *this;
    }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer();

    std::byte* data() { return data_; }
    const std::byte* data() const { return data_; }
    /// Bytes in use.
    std::size_t size() const { return size_; }

    /// Adds bytes without a value.
    /// \returns where they begin, until the next call
    /// \throws Error (out_of_memory)
    std::byte* grow(std::size_t bytes);

    template <class Value>
    void push_back(Value value) {
        std::memcpy(grow(sizeof value), &value, sizeof value);
    }

    /// Makes room for so many bytes in all.
    /// \throws Error (out_of_memory)
    void reserve(std::size_t bytes);

    /// Gives back bytes at the end that were not needed. `size` is at most size().
    void shrink(std::size_t size) { size_ = size; }
    void clear() { size_ = 0; }

private:
    void allocate(std::size_t bytes);

    void swap(Buffer& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    std::byte* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace hyperslab::arrow
