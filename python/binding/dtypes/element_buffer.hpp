// A block of C elements on their way between libhdf5 and objects.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>

#include "core/checked.hpp"
#include "dtypes/memory_layout.hpp"

namespace hyperslab::python {

/// Zeroed: a field that the file does not fill reads as a null pointer.
class ElementBuffer {
public:
    ElementBuffer(std::uint64_t count, const MemoryLayout& layout)
        : layout_(layout), count_(count) {
        const std::uint64_t bytes =
            core::checked_multiply(std::max<std::uint64_t>(count, 1), layout.c_size());
        bytes_.reset(static_cast<std::byte*>(std::calloc(core::checked_size(bytes), 1)));
        if (bytes_ == nullptr) {
            throw std::bad_alloc();
        }
    }

    std::byte* data() { return bytes_.get(); }
    const std::byte* data() const { return bytes_.get(); }
    std::byte* at(std::uint64_t index) { return bytes_.get() + index * layout_.c_size(); }

    /// Element by element into a packed array, and back.
    void to_array(void* array, const TextDecoding* text = nullptr) {
        layout_.to_numpy(data(), count_, static_cast<std::byte*>(array), text);
    }
    void from_array(const void* array, KeepAlive& keep) {
        const auto* const from = static_cast<const std::byte*>(array);
        for (std::uint64_t i = 0; i < count_; ++i) {
            layout_.from_numpy(from + i * layout_.numpy_size(), at(i), keep);
        }
    }

    /// Gives back what libhdf5 keeps for standard references among elements that were read with
    /// `dxpl`.
    void give_back(hdf5::Id dxpl) noexcept;

private:
    struct Free {
        void operator()(std::byte* memory) const { std::free(memory); }
    };

    const MemoryLayout& layout_;
    std::uint64_t count_;
    std::unique_ptr<std::byte, Free> bytes_;
};

/// Elements that have just been read: on leaving the scope, they are given back.
class ReadElements {
public:
    ReadElements(ElementBuffer& buffer, hdf5::Id dxpl) : buffer_(buffer), dxpl_(dxpl) {}
    ~ReadElements() { buffer_.give_back(dxpl_); }
    ReadElements(const ReadElements&) = delete;
    ReadElements& operator=(const ReadElements&) = delete;

private:
    ElementBuffer& buffer_;
    hdf5::Id dxpl_;
};

/// The elements of an array as libhdf5 takes them: the array's own memory where that will do.
class OutgoingElements {
public:
    OutgoingElements(const MemoryLayout& layout, std::uint64_t count, const void* array)
        : data_(array) {
        if (!layout.direct()) {
            buffer_.emplace(count, layout);
            buffer_->from_array(array, keep_);
            data_ = buffer_->data();
        }
    }

    const void* data() const { return data_; }

private:
    const void* data_;
    KeepAlive keep_;
    std::optional<ElementBuffer> buffer_;
};

}  // namespace hyperslab::python
