// Walks over elements of caller's memory, in C order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::object {

/// Whether the elements lie one after the other in C order.
template <class Void>
bool is_contiguous(const detail::BasicArrayRef<Void>& array) {
    if (array.strides.empty()) {
        return true;
    }
    auto expected = static_cast<std::ptrdiff_t>(array.codec->size);
    for (std::size_t d = array.shape.size(); d-- > 0;) {
        if (array.shape[d] != 1 && array.strides[d] != expected) {
            return false;
        }
        expected *= static_cast<std::ptrdiff_t>(array.shape[d]);
    }
    return true;
}

/// Calls visit(address of the element) for every element.
template <class Void, class Visit>
void for_each_element(const detail::BasicArrayRef<Void>& array, Visit&& visit) {
    using Byte = std::conditional_t<std::is_const_v<Void>, const std::byte, std::byte>;
    auto* address = static_cast<Byte*>(array.data);
    const std::uint64_t count = element_count(array.shape);
    if (is_contiguous(array)) {
        for (std::uint64_t i = 0; i < count; ++i) {
            visit(address + i * array.codec->size);
        }
        return;
    }
    Shape index(array.shape.size(), 0);
    for (std::uint64_t i = 0; i < count; ++i) {
        visit(address);
        for (std::size_t d = index.size(); d-- > 0;) {
            address += array.strides[d];
            if (++index[d] < array.shape[d]) {
                break;
            }
            address -= array.strides[d] * static_cast<std::ptrdiff_t>(array.shape[d]);
            index[d] = 0;
        }
    }
}

}  // namespace hyperslab::object
