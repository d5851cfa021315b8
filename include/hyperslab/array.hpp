// Array: elements in memory with a shape, in C order; what reading returns.
#pragma once

#include <algorithm>
#include <cassert>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "hyperslab/shape.hpp"

namespace hyperslab {
namespace detail {

/// The number of elements as a memory size.
/// \throws Error (out_of_memory) when no memory can hold them
std::size_t array_size(const Shape& shape, std::size_t element_size);

/// \throws Error (out_of_range) for a position outside the shape; (invalid_argument) for one with
///         another number of dimensions
void require_position(const Shape& shape, std::initializer_list<std::uint64_t> position);

/// \throws Error (invalid_argument) when the shape has another number of elements
void require_element_count(const Shape& shape, std::size_t count);

/// Asks the system for large pages where much memory, not yet touched, is about to be filled.
void prefer_large_pages(void* memory, std::size_t size);

struct Uninitialized {};

}  // namespace detail

/// An N-dimensional array that owns its elements. A value: copying copies them.
template <class T>
class Array {
public:
    using value_type = T;

    /// An array of one dimension without elements.
    Array() : shape_{0} {}

    /// An array of a shape whose elements are value-initialised: numbers are zero.
    explicit Array(Shape shape) : Array(std::move(shape), detail::Uninitialized{}) {
        std::fill_n(elements_.get(), size_, T{});
    }
    /// An array of a shape with every element a copy of `value`.
    Array(Shape shape, const T& value) : Array(std::move(shape), detail::Uninitialized{}) {
        std::fill_n(elements_.get(), size_, value);
    }
    /// \param elements  in C order, as many as the shape has
    Array(Shape shape, std::span<const T> elements)
        : Array(std::move(shape), detail::Uninitialized{}) {
        detail::require_element_count(shape_, elements.size());
        std::copy(elements.begin(), elements.end(), elements_.get());
    }
    /// An array whose numbers are not initialised, for code that fills it.
    Array(Shape shape, detail::Uninitialized /*unused*/)
        : shape_(std::move(shape)),
          size_(detail::array_size(shape_, sizeof(T))),
          elements_(std::make_unique_for_overwrite<T[]>(size_)) {
        if constexpr (std::is_trivially_default_constructible_v<T>) {
            detail::prefer_large_pages(elements_.get(), size_ * sizeof(T));
        }
    }

    Array(const Array& other) : Array(other.shape_, detail::Uninitialized{}) {
        std::copy_n(other.elements_.get(), size_, elements_.get());
    }
    Array& operator=(const Array& other) {
        Array copy(other);
        swap(copy);
        return *this;
    }
    Array(Array&& other) noexcept : Array(NoAllocation{}) { swap(other); }
    Array& operator=(Array&& other) noexcept {
        Array taken(std::move(other));
        swap(taken);
        return *this;
    }
    ~Array() = default;

    const Shape& shape() const { return shape_; }
    std::size_t rank() const { return shape_.size(); }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    /// \name All elements, in C order
    ///@{
    T* data() { return elements_.get(); }
    const T* data() const { return elements_.get(); }
    T* begin() { return data(); }
    T* end() { return data() + size_; }
    const T* begin() const { return data(); }
    const T* end() const { return data() + size_; }
    std::span<T> span() { return {data(), size_}; }
    std::span<const T> span() const { return {data(), size_}; }
    T& operator[](std::size_t i) { return elements_[i]; }
    const T& operator[](std::size_t i) const { return elements_[i]; }
    std::vector<T> to_vector() const { return std::vector<T>(begin(), end()); }
    ///@}

    /// \name The element at a position, one index a dimension
    /// The call operator does not check, at() does.
    ///@{
    template <std::integral... Indices>
    T& operator()(Indices... indices) {
        return elements_[linear(indices...)];
    }
    template <std::integral... Indices>
    const T& operator()(Indices... indices) const {
        return elements_[linear(indices...)];
    }
    template <std::integral... Indices>
    T& at(Indices... indices) {
        detail::require_position(shape_, {static_cast<std::uint64_t>(indices)...});
        return elements_[linear(indices...)];
    }
    template <std::integral... Indices>
    const T& at(Indices... indices) const {
        detail::require_position(shape_, {static_cast<std::uint64_t>(indices)...});
        return elements_[linear(indices...)];
    }
    ///@}

    /// The array with another shape and the same elements in order.
    /// \throws Error (invalid_argument) when that shape has another number of elements
    Array reshaped(Shape shape) && {
        detail::require_element_count(shape, size_);
        shape_ = std::move(shape);
        return std::move(*this);
    }

    friend bool operator==(const Array& a, const Array& b) {
        return a.shape_ == b.shape_ && std::equal(a.begin(), a.end(), b.begin());
    }

private:
    struct NoAllocation {};
    explicit Array(NoAllocation /*unused*/) noexcept {}

    void swap(Array& other) noexcept {
        shape_.swap(other.shape_);
        std::swap(size_, other.size_);
        elements_.swap(other.elements_);
    }

    template <class... Indices>
    std::size_t linear(Indices... indices) const {
        assert(sizeof...(indices) == shape_.size());
        std::size_t position = 0;
        [[maybe_unused]] std::size_t axis = 0;  // an array of no axes
        ((position = position * shape_[axis++] + static_cast<std::size_t>(indices)), ...);
        return position;
    }

    Shape shape_;
    std::size_t size_ = 0;
    std::unique_ptr<T[]> elements_;
};

}  // namespace hyperslab
