// StridedView: elements in somebody else's memory, at equal distances along every axis.
//
//     std::vector<float> image(ny * nx);
//     dataset.read_into(hs::StridedView<float>(image.data(), {ny, nx}));           // C order
//     dataset.read_into(hs::StridedView<float>(image.data(), {nx, ny}, {1, nx}));  // Fortran order
//
// std::mdspan and its relatives are taken in its place.
#pragma once

#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

#include "hyperslab/array.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

/// Types with the members of std::mdspan: data_handle(), rank(), extent(axis), stride(axis).
template <class T>
concept MdspanLike = requires(const T& view) {
    { view.rank() } -> std::convertible_to<std::size_t>;
    { view.extent(0) } -> std::convertible_to<std::size_t>;
    { view.stride(0) } -> std::convertible_to<std::ptrdiff_t>;
    { *view.data_handle() };
};

template <class T>
class StridedView {
public:
    using value_type = T;
    using Strides = std::vector<std::ptrdiff_t>;

    /// A view of elements that follow one another in C order.
    StridedView(T* data, Shape shape) : data_(data), shape_(std::move(shape)) {
        strides_.resize(shape_.size());
        std::ptrdiff_t stride = 1;
        for (std::size_t d = shape_.size(); d-- > 0;) {
            strides_[d] = stride;
            stride *= static_cast<std::ptrdiff_t>(shape_[d]);
        }
    }

    /// \param strides  from one position of an axis to the next, in elements; may be negative
    StridedView(T* data, Shape shape, Strides strides)
        : data_(data), shape_(std::move(shape)), strides_(std::move(strides)) {}

    template <MdspanLike View>
        requires std::convertible_to<decltype(std::declval<const View&>().data_handle()), T*>
    StridedView(const View& view) : data_(view.data_handle()) {  // implicit, as between mdspans
        for (std::size_t d = 0; d < view.rank(); ++d) {
            shape_.push_back(static_cast<std::uint64_t>(view.extent(d)));
            strides_.push_back(static_cast<std::ptrdiff_t>(view.stride(d)));
        }
    }

    StridedView(Array<std::remove_const_t<T>>& array) : StridedView(array.data(), array.shape()) {}

    T* data() const { return data_; }
    const Shape& shape() const { return shape_; }
    const Strides& strides() const { return strides_; }

private:
    T* data_;
    Shape shape_;
    Strides strides_;
};

template <MdspanLike View>
StridedView(const View&)
    -> StridedView<std::remove_pointer_t<decltype(std::declval<const View&>().data_handle())>>;

}  // namespace hyperslab
