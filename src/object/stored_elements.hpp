// Between a caller's C++ objects and elements as libhdf5 has them in memory.
#pragma once

#include <cstring>
#include <optional>

#include "hyperslab/detail/array_ref.hpp"
#include "object/array_walk.hpp"
#include "object/element_buffer.hpp"

namespace hyperslab::object {

/// A caller's values as elements, one after the other: copied only where they are not that already.
class StoredElements {
public:
    explicit StoredElements(const detail::ConstArrayRef& source) {
        if (source.codec->plain && is_contiguous(source)) {
            data_ = static_cast<const std::byte*>(source.data);
            return;
        }
        const std::size_t size = source.codec->type.size();
        copies_.emplace(element_count(source.shape), size);
        std::byte* element = copies_->data();
        for_each_element(source, [&](const std::byte* value) {
            source.codec->store(value, element, memory_);
            element += size;
        });
        data_ = copies_->data();
    }

    const std::byte* data() const { return data_; }

private:
    const std::byte* data_ = nullptr;
    std::optional<ElementBuffer> copies_;
    detail::ElementMemory memory_;
};

/// Elements, one after the other, into a caller's memory.
inline void load_elements(const std::byte* elements, const detail::ArrayRef& target) {
    const std::size_t size = target.codec->type.size();
    for_each_element(target, [&](std::byte* value) {
        target.codec->load(elements, value);
        elements += size;
    });
}

}  // namespace hyperslab::object
