// Between a caller's C++ objects and elements as libhdf5 has them in memory.
#pragma once

#include <cstring>
#include <optional>

#include "hyperslab/detail/array_ref.hpp"
#include "object/elements/array_walk.hpp"
#include "object/elements/element_buffer.hpp"

namespace hyperslab::object {

/// A caller's values as elements of a type in memory, one after the other: copied only where they
/// are not that already.
class StoredElements {
public:
    StoredElements(const detail::ConstArrayRef& source, const Datatype& type) {
        if (source.codec->plain && is_contiguous(source)) {
            data_ = static_cast<const std::byte*>(source.data);
            return;
        }
        const std::size_t size = type.size();
        copies_.emplace(element_count(source.shape), size);
        std::byte* element = copies_->data();
        for_each_element(source, [&](const std::byte* value) {
            source.codec->store(value, type, element, memory_);
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

/// Elements of a type in memory, one after the other, into a caller's memory.
inline void load_elements(const std::byte* elements,
                          const Datatype& type,
                          const detail::ArrayRef& target) {
    for_each_element(target, [&](std::byte* value) {
        target.codec->load(elements, type, value);
        elements += type.size();
    });
}

}  // namespace hyperslab::object
