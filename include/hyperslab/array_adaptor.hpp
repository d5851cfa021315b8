// ArrayAdaptor: how to read into matrices and arrays of other libraries, and how to write from
// them.
//
//     template <>
//     struct hyperslab::ArrayAdaptor<Image> {
//         using value_type = float;
//         static StridedView<float> view(Image& image) {
//             return {image.pixels(), {image.height(), image.width()}};
//         }
//         static StridedView<const float> view(const Image& image) { … }
//         static void resize(Image& image, const Shape& shape) { … }
//     };
//
//     dataset.write(image);
//     dataset.read_into(image);                     // resized first, where there is a resize
//     auto part = dataset.read<Image>({hs::at(3)}); // for what can be made without arguments
//
// eigen.hpp has it for Eigen. What has the members of std::mdspan needs none (strided_view.hpp).
#pragma once

#include <concepts>

#include "hyperslab/shape.hpp"
#include "hyperslab/strided_view.hpp"

namespace hyperslab {

template <class T>
struct ArrayAdaptor;

/// Types that can be written.
template <class T>
concept AdaptedArray = requires(const T& array) {
    {
        ArrayAdaptor<T>::view(array)
    } -> std::same_as<StridedView<const typename ArrayAdaptor<T>::value_type>>;
};

/// Types that can be read into.
template <class T>
concept WritableAdaptedArray = AdaptedArray<T> && requires(T& array) {
    {
        ArrayAdaptor<T>::view(array)
    } -> std::same_as<StridedView<typename ArrayAdaptor<T>::value_type>>;
};

/// Types that take the shape of what is read.
template <class T>
concept ResizableAdaptedArray = WritableAdaptedArray<T> && requires(T& array, const Shape& shape) {
    ArrayAdaptor<T>::resize(array, shape);
};

}  // namespace hyperslab
