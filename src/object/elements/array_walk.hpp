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

/// The addresses of the elements, one after the other.
template <class Void>
class ElementWalk {
public:
    using Byte = std::conditional_t<std::is_const_v<Void>, const std::byte, std::byte>;

    explicit ElementWalk(const detail::BasicArrayRef<Void>& array)
        : array_(array), contiguous_(is_contiguous(array)) {
        begin_anew();
    }

    void begin_anew() {
        address_ = static_cast<Byte*>(array_.data);
        index_.assign(contiguous_ ? 0 : array_.shape.size(), 0);
    }

    Byte* next() {
        Byte* const here = address_;
        if (contiguous_) {
            address_ += array_.codec->size;
            return here;
        }
        for (std::size_t d = index_.size(); d-- > 0;) {
            address_ += array_.strides[d];
            if (++index_[d] < array_.shape[d]) {
                break;
            }
            address_ -= array_.strides[d] * static_cast<std::ptrdiff_t>(array_.shape[d]);
            index_[d] = 0;
        }
        return here;
    }

private:
    const detail::BasicArrayRef<Void>& array_;
    bool contiguous_;
    Byte* address_ = nullptr;
    Shape index_;
};

/// Calls visit(address of the element) for every element.
template <class Void, class Visit>
void for_each_element(const detail::BasicArrayRef<Void>& array, Visit&& visit) {
    ElementWalk<Void> walk(array);
    for (std::uint64_t i = element_count(array.shape); i != 0; --i) {
        visit(walk.next());
    }
}

}  // namespace hyperslab::object
